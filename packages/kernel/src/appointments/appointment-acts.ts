import { type Acted, DoorstepError } from "@doorstep/contracts";
import { moduleParts } from "../case-data/module-parts.ts";
import { acted, personOf } from "../cases/acted.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import { openToModules } from "../life-cycle/guards.ts";
import type { Command } from "../pipeline/execute.ts";
import { mayHaveWork, side } from "../tasks/task-acts.ts";
import { assertTime, type Booking, claimsOf } from "./booking.ts";

export const bookAppointment: Command<Booking, { readonly appointmentId: string }> = {
  act: side("book", "appointment.booked", [...moduleParts, { role: "system", at: "anywhere" }], [openToModules]),
  async prepare(k, c, i, s) {
    assertTime(i, s.now);
    const may = await Promise.all(i.people.map((id) => mayHaveWork(k, c, id)));
    return may.every(Boolean);
  },
  checks: (_c, _s, _i, _party, prepared) => (prepared === true ? [] : [{ code: "appointment.personCannot" }]),
  decide(k, loaded, s, i, party) {
    const c = loaded.case;
    const id = k.newId();
    return {
      result: { appointmentId: id },
      facts: { appointment: id, module: i.pluginId, people: [...i.people], startsAt: i.startsAt },
      rows: {
        appointments: [
          {
            id,
            case_id: c.id,
            unit_id: c.holderUnitId,
            plugin_id: i.pluginId,
            title_zh: i.title["zh-CN"],
            title_en: i.title.en,
            place: shelterOf(k.keys, c).protect(places.appointment(id), i.place),
            people: i.people,
            starts_at: i.startsAt,
            ends_at: i.endsAt,
            made_by: personOf(party),
            made_at: s.now.toISOString(),
          },
        ],
        appointment_claims: claimsOf(id, c.holderUnitId, i),
      },
    };
  },
};

/** It does not take place; whoever was to be there is free again. */
export const cancelAppointment: Command<{ readonly appointmentId: string }, Acted> = {
  act: side("cancelAppointment", "appointment.cancelled", [...moduleParts, { role: "system", at: "anywhere" }], []),
  async prepare(k, c, i) {
    const { rowCount } = await k.pool.query(
      "select from kernel.appointments where id = $1 and case_id = $2 and cancelled_at is null",
      [i.appointmentId, c.id],
    );
    if (rowCount === 0) throw new DoorstepError("appointment.notFound");
  },
  decide: (_k, loaded, s, i, party) => ({
    result: acted(loaded.case),
    facts: { appointment: i.appointmentId },
    rows: {
      appointment_patch: [{ id: i.appointmentId, cancelled_by: personOf(party), cancelled_at: s.now.toISOString() }],
      claims_gone: [{ appointment_id: i.appointmentId }],
    },
  }),
};
