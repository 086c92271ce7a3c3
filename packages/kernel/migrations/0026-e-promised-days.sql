-- Days on which somebody who cannot be told comes back for his answer: few are near, whatever has passed.
create index clocks_promised on kernel.clocks (due_on, case_id)
  where state in ('running', 'paused', 'breached') and code in ('K2', 'K4', 'K6', 'K8', 'K9');
