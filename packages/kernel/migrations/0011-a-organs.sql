-- What a case holds in words changes its key when the case comes under a discipline organ, or under another one.
grant update (label) on kernel.respondents to doorstep_app;
grant update (reason) on kernel.legs to doorstep_app;
grant update (purpose) on vault.openings to doorstep_app;
