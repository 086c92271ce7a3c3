-- T13: what is about violence or harassment is never mediated. Which topics say so is a mark that is set once and never taken away.
alter table kernel.topics add column never_mediated boolean not null default false;
-- The platform's own topics: they keep their code and their mark, and are never retired.
alter table kernel.topics add column platform_own boolean not null default false;
insert into kernel.topics (id, code, name_zh, name_en, never_mediated, platform_own) values
  ('00000000-0000-7000-8000-000000000701', 'violence', '暴力、打骂体罚', 'Violence and corporal punishment', true, true),
  ('00000000-0000-7000-8000-000000000702', 'harassment', '骚扰、欺凌', 'Harassment and bullying', true, true)
  on conflict (code) do update set never_mediated = true, platform_own = true, retired = false;
