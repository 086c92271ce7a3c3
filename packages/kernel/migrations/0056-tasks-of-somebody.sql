-- What a module asks of somebody is looked for with each page of his that shows it, also what he has done.
create index tasks_of_person on kernel.tasks (person_id, plugin_id, due_on, id);
