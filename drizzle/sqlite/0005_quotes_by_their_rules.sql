-- Bookings kept their reasons in full sentences; now they keep the rules' ids, and the edition has the sentences.
UPDATE bookings SET decided = json_remove(json_set(decided,
  '$.quote.because', json((SELECT json_group_array(json_extract(value, '$.rule')) FROM json_each(decided, '$.quote.because'))),
  '$.quote.supervision', json_object('mode', json_extract(decided, '$.quote.supervision.mode'), 'because', json_extract(decided, '$.quote.supervision.because.rule'))
), '$.quote.contact')
WHERE json_type(decided, '$.quote.supervision.because') = 'object';
