-- Alerts and settings stay as they were written: whoever handles a case may neither take an alert away nor change
-- what it measured. An alert may be joined to a case later.
REVOKE UPDATE, DELETE ON watch_alert, watch_setting, watch_mute, watch_canary, watch_vip FROM tutela_app;
REVOKE DELETE ON watch_case FROM tutela_app;
GRANT UPDATE (case_id) ON watch_alert TO tutela_app;
GRANT UPDATE (retired_at) ON watch_canary TO tutela_app;
GRANT UPDATE (until) ON watch_vip TO tutela_app;
