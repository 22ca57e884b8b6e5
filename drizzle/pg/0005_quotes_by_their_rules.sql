-- Bookings kept their reasons in full sentences; now they keep the rules' ids, and the edition has the sentences.
UPDATE bookings SET decided = jsonb_set(decided, '{quote}', (decided->'quote') - 'contact' || jsonb_build_object(
  'because', (SELECT jsonb_agg(reason->'rule' ORDER BY place) FROM jsonb_array_elements(decided->'quote'->'because') WITH ORDINALITY AS reasons(reason, place)),
  'supervision', jsonb_build_object('mode', decided->'quote'->'supervision'->'mode', 'because', decided->'quote'->'supervision'->'because'->'rule')
))
WHERE jsonb_typeof(decided->'quote'->'supervision'->'because') = 'object';
