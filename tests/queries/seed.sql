-- Rows for the queries of this folder.
INSERT INTO customers (name, email, country, born, tags, profile, joined) VALUES
  ('Ada', 'ada@example.org', 'gb', '1985-12-10', '{vip,early}', '{"lang": "en", "age": 38, "pets": ["cat", "dog"], "address": {"city": "London", "zip": "N1"}}', '2023-01-05 08:00+00'),
  ('Bert', 'bert@example.org', 'de', '1990-02-28', '{early}', '{"lang": "de", "age": 34, "address": {"city": "Berlin"}}', '2023-02-14 12:30+00'),
  ('Cleo', NULL, 'fr', NULL, '{}', '{"lang": "fr", "pets": []}', '2023-02-20 23:59:59.5+00'),
  ('Dora', 'dora@example.org', 'de', '2000-06-01', '{vip}', '{}', '2023-06-30 00:00+00'),
  ('Egon', 'egon@example.com', NULL, '1972-11-11', '{late,"two words"}', '{"lang": "de", "age": 51, "news": true}', '2024-01-01 00:00+00'),
  ('Fay''s Ltd', 'fay@example.com', 'us', NULL, '{b2b,vip}', '{"lang": "en", "news": false, "pets": ["fish"]}', '2024-02-29 17:45+00'),
  ('Günther', 'gu@example.org', 'at', '1999-12-31', '{}', '{"lang": "de"}', '2024-03-01 06:00+00');
INSERT INTO categories VALUES (1, 'all', NULL), (2, 'food', 1), (3, 'tools', 1), (4, 'fruit', 2), (5, 'drinks', 2), (6, 'saws', 3), (7, 'empty', NULL);
INSERT INTO products VALUES
  (1, 'APL-1', 'Apple', 4, 0.50, 0.2, 100, '{"color": "red", "organic": true}'),
  (2, 'PEA-1', 'Pear', 4, 0.75, 0.25, 40, '{"color": "green"}'),
  (3, 'JCE-1', 'Apple juice', 5, 2.20, 1.05, 12, '{"color": "yellow", "size": {"ml": 1000}}'),
  (4, 'SAW-9', 'Hand saw', 6, 19.90, 0.8, 3, '{"teeth": 9, "sizes": [30, 45]}'),
  (5, 'SAW-X', 'Chain saw', 6, 249.00, 5.5, 0, '{"power": "petrol", "sizes": [40]}'),
  (6, 'GFT-1', 'Gift card', NULL, 25.00, NULL, 0, '{}'),
  (7, 'WTR_1', 'Water 50%', 5, 0.30, 1, 500, '{"size": {"ml": 500}}');
INSERT INTO orders (customer, status, placed, shipped, note) VALUES
  (1, 'shipped', '2024-01-10 10:00+00', '2024-01-12', NULL), (1, 'paid', '2024-02-11 11:30+00', NULL, 'ring twice'),
  (2, 'shipped', '2024-01-15 09:15+00', '2024-01-20', 'gift'), (2, 'cancelled', '2024-01-16 09:15+00', NULL, ''),
  (2, 'new', '2024-03-03 20:00+00', NULL, NULL), (4, 'shipped', '2024-02-01 00:00+00', '2024-02-01', NULL),
  (5, 'new', '2024-03-09 12:00+00', NULL, 'call first'), (6, 'paid', '2024-03-10 12:00+00', NULL, NULL);
INSERT INTO lines VALUES (1, 1, 10, 0.50), (1, 3, 2, 2.20), (2, 4, 1, 19.90), (3, 5, 1, 240.00), (3, 4, 2, 18.00), (4, 1, 5, 0.50),
  (5, 2, 4, 0.75), (5, 7, 24, 0.30), (6, 6, 2, 25.00), (7, 3, 6, 2.00), (8, 5, 1, 249.00), (8, 1, 1, 0.50), (8, 2, 1, 0.75);
INSERT INTO rooms VALUES (1, 'blue', 4), (2, 'green', 10), (3, 'attic', 2);
INSERT INTO bookings (room, days, hours, who) VALUES
  (1, '[2024-03-01,2024-03-05)', '[9,12)', 'Ada'), (1, '[2024-03-05,2024-03-06)', NULL, 'Bert'), (2, '[2024-03-02,2024-04-01)', '[8,18)', 'Ada'),
  (2, '[2024-05-01,)', '(,12)', 'Dora'), (1, '[2024-03-10,2024-03-12)', 'empty', 'Cleo');
INSERT INTO articles VALUES
  (1, 'Apples and pears', 'How to compare apples with pears. Both are fruit.', '2024-01-01', 5),
  (2, 'Sharp saws', 'A saw cuts wood; sharpening saws is an art.', '2024-01-20', 3),
  (3, 'Water', 'Water runs. Running water is fresh.', '2024-02-10', NULL),
  (4, 'The quick brown fox', 'It jumped over lazy dogs, quickly.', '2024-02-10', 4);
INSERT INTO events (kind, at, customer, payload, took) VALUES
  ('login', '2024-03-01 08:00', 1, '{"ip": "10.0.0.1"}', '1.5 seconds'), ('login', '2024-03-01 08:05', 2, '{"ip": "10.0.0.2"}', '00:00:02'),
  ('view', '2024-03-01 08:06', 1, '{"product": 1}', '00:01:00'), ('view', '2024-03-01 08:20', 1, '{"product": 4}', '00:03:30'),
  ('buy', '2024-03-01 08:21', 1, '{"items": [{"p": 1, "n": 2}, {"p": 4, "n": 1}]}', NULL), ('view', '2024-03-02 23:59:59', 2, '{"product": 5}', '1 day 02:00:00'),
  ('logout', '2024-03-02 09:00', 1, NULL, NULL), ('login', '2024-03-03 10:00', 5, '{"ip": "::1", "mobile": true}', '1 mon 3 days'),
  ('error', '2024-03-03 10:01', NULL, '{"code": 500, "trace": ["a", "b"]}', NULL);
ANALYZE;
