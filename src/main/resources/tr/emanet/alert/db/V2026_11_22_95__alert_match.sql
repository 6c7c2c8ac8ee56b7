-- What an indicator's page asks: the alerts of one key.
CREATE INDEX alert_match ON alert (match_key, seen_at);
