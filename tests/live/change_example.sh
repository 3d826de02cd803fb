# Edits of the example, each the whole way, on tables that have rows: what a person does to a schema that is in use.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/change-lib.sh"
example=$LEXO_TEST_SRCDIR/tests/golden/compile/example
role=lexo_edit_$$
sql "CREATE ROLE $role" >/dev/null
fill() { # URL: rows for the old models
	sql "INSERT INTO users (email, password_hash) VALUES ('a@b.c', '\$argon2id\$x'), ('d@e.f', '\$argon2id\$y');
		INSERT INTO documents (owner_id, filename, size_bytes, sha256, status, tags, ocr_confidence)
		SELECT id, 'a.pdf', 12, sha256(email::text::bytea), 'indexed', '{x,y}', 0.5 FROM users" "$1"
}
sed -e '/^lexo 1/d; /^import/d' "$example/common.lexo" >rest
sed -e "/^lexo 1/d; /^import/r rest" -e '/^import/d' -e "s/\<app\>\([^.]\|$\)/$role\1/g" "$example/example.lexo" >example

# edit NAME [OPTION…]: a change by the sed program on standard input.
edit() {
	sed -E -f /dev/stdin example >edited
	if cmp -s example edited; then flunk "$1: the edit changes nothing"; fi
	cat example - edited <<<===== >both
	change "$@" <both
}

edit "a column more" <<'END'
/^  status_detail/a\  pages int4?
END
edit "a column more that must have a value" <<'END'
/^  status_detail/a\  pages int4 = 1
END
edit "a column less, with its checks and indexes" --loses <<'END'
/^  metadata /d
/metadata/d
END
edit "a column less that a view and a generated column need" --loses <<'END'
/^  ocr_text /d
s/coalesce\(ocr_text, ''\)/''/
END
edit "a column renamed that a key, an index and a grant name" <<'END'
s/^  size_bytes +int8/  bytes int8 @renamed(from: size_bytes)/
s/`size_bytes >= 0`/`bytes >= 0`/
s/sum\(size_bytes\)/sum(bytes)/
END
edit "a column renamed that a grant on columns names" <<'END'
s/^  role  .*/  duty UserRole = user @renamed(from: role)/
s/ role: / duty: /
s/_idx \(role\)/_idx (duty)/
s/User\(id, email, role\)/User(id, email, duty)/
END
edit "a column renamed that a generated column uses" <<'END'
s/^  ocr_text  .*/  recognised text? @renamed(from: ocr_text)/
s/coalesce\(ocr_text/coalesce(recognised/
END
edit "a column renamed that a unique key and an index have in their names" <<'END'
s/^  sha256 .*/  digest Sha256 @renamed(from: sha256)/
s/\(owner_id, sha256\)/(owner_id, digest)/
END
edit "a column renamed that a foreign key, a policy and a view use" <<'END'
s/^  owner_id  +uuid -> .*/  holder_id uuid -> User.id @on_delete(cascade) @renamed(from: owner_id)/
s/\(owner_id, (sha256|created)/(holder_id, \1/
s/`owner_id = /`holder_id = /
s/SELECT owner_id, count(.*) GROUP BY owner_id/SELECT holder_id AS owner_id, count\1 GROUP BY holder_id/
/^query document_search/,/^\$\$/s/owner_id/holder_id/
END
edit "two columns change names" <<'END'
s/^  filename .*/  mime_type text @renamed(from: filename)/
t
s/^  mime_type .*/  filename text = 'application\/octet-stream' @renamed(from: mime_type)/
s/ocr_language, filename/ocr_language, mime_type/
s/\(filename gin/(mime_type gin/
s/\(filename, status\)/(mime_type, status)/
END
edit "a model renamed" <<'END'
s/^model Document @table\('documents'\)/model File @table('files') @renamed(from: documents)/
s/ on Document / on File /
s/FROM documents/FROM files/
END
edit "a model renamed that others refer to" <<'END'
s/^model User @table\('users'\)/model Person @table('people') @renamed(from: users)/
s/-> User.id/-> Person.id/
s/ on User\(/ on Person(/
s/^seed User/seed Person/
s/optional User/optional Person/
s/FROM users/FROM people/
END
edit "a model in C only" --same <<'END'
s/^model User @table/model Account @table/
s/-> User.id/-> Account.id/
s/ on User\(/ on Account(/
s/^seed User/seed Account/
s/optional User/optional Account/
END
edit "a model and a column renamed, and a column more" <<'END'
s/^model Document @table\('documents'\)/model File @table('files') @renamed(from: documents)/
s/ on Document / on File /
s/FROM documents/FROM files/
s/^  filename .*/  path text @renamed(from: filename)\n  bucket text = 'main'/
s/ocr_language, filename/ocr_language, path/
s/\(filename gin/(path gin/
s/\(filename, status\)/(path, status)/
s/SELECT id, filename/SELECT id, path AS filename/
END
edit "a model less" --loses <<'END'
/^\/\/\/ A stored file/,/^}/d
/on Document/d
/^\/\/\/ Documents found/,/^\$\$$/d
/^\/\/\/ Full-text/,/^\$\$$/d
END
edit "a label at the end" <<'END'
s/readonly \}/readonly, guest }/
END
edit "a label in front, used by the default" <<'END'
s/\{ admin, user, readonly \}/{ none, admin, user, readonly }/
s/UserRole = user/UserRole = none/
END
edit "a label in the middle, used by an index" <<'END'
s/^  indexed$/  indexed\n  stuck/
s/\('pending', 'failed'\)/('pending', 'failed', 'stuck')/
END
edit "a label renamed that rows, a default and an index have" <<'END'
s/^  pending$/  waiting @renamed(from: pending)/
s/DocumentStatus = pending/DocumentStatus = waiting/
s/'pending'/'waiting'/
END
edit "a label less that no row has" --loses <<'END'
s/receipt, //
END
edit "a label less of a type in an index and a query" --loses <<'END'
/^  processing$/d
END
edit "labels in another order" <<'END'
s/\{ admin, user, readonly \}/{ readonly, user, admin }/
END
edit "labels more, less, renamed and moved at once" --asks <<'END'
s/\{ unclassified, .* \}/{ bill @renamed(from: invoice), other, unclassified, contract, letter, note, report }/
END
edit "an enum renamed" <<'END'
s/^enum DocumentClass/enum DocumentType @renamed(from: document_class)/
s/ DocumentClass = / DocumentType = /
END
edit "text becomes an enum" <<'END'
s/^  status_detail .*/  status_detail DocumentClass?/
END
edit "an enum becomes text" <<'END'
s/DocumentClass = unclassified/text = 'unclassified'/
END
edit "a column of a domain becomes its base" <<'END'
s/^  ocr_confidence .*/  ocr_confidence `real`?/
END
edit "a number wider" <<'END'
s/^  ocr_confidence .*/  ocr_confidence float8?/
END
edit "a number narrower" <<'END'
s/^  size_bytes +int8/  size_bytes int4/
END
edit "text shorter" <<'END'
s/^  filename .*/  filename varchar(200)/
END
edit "a key's type" <<'END'
s/^  (id|owner_id) +uuid( = gen_random_uuid\(\))?/  \1 text\2/
s/owner_id  +uuid$/owner_id text/
s/text = gen_random_uuid\(\)/text = `gen_random_uuid()::text`/
s/(current_setting\(.*\))::uuid/\1/
s/^  owner uuid, q/  owner text, q/
s/many \{ id uuid/many { id text/
END
edit "null allowed" <<'END'
s/^  size_bytes +int8/  size_bytes int8?/
END
edit "null no longer allowed, with a default" <<'END'
s/^  ocr_confidence .*/  ocr_confidence Confidence = 0/
END
edit "a default less, a default more, another default" <<'END'
s/^  ocr_language  .*/  ocr_language regconfig/
s/^  size_bytes +int8/  size_bytes int8 = 0/
s/octet-stream/x-unknown/
END
edit "an array of another type" <<'END'
s/^  tags  .*/  tags varchar(40)[] = []/
END
edit "a domain's check and comment" <<'END'
s/^domain Percent/\/\/\/ 0 to 100.\ndomain Percent/
s/BETWEEN 0 AND 1`/BETWEEN 0 AND 2`/
END
edit "a domain's base" <<'END'
s/^domain Confidence `real`/domain Confidence float8/
END
edit "a domain renamed" <<'END'
s/^domain Sha256 (.*)/domain Digest \1 @renamed(from: sha256)/
s/ Sha256$/ Digest/
END
edit "a check, an index and a key less" <<'END'
/check metadata_is_object/d
/index using gin \(tags\)/d
/^  unique \(owner_id/d
END
edit "a check, an index and a key changed" <<'END'
s/jsonb_typeof\(metadata\) = 'object'/jsonb_typeof(metadata) IN ('object', 'array')/
s/include \(filename, status\)/include (filename)/
s/unique \(owner_id, sha256\)/unique (sha256, owner_id) @deferrable(initially_deferred)/
END
edit "a check, an index and a key with other names" <<'END'
s/check metadata_is_object/check metadata_shape/
s/documents_work_queue_idx/documents_queue/
s/unique \(owner_id, sha256\)/unique one_file_once (owner_id, sha256)/
END
edit "an index no longer concurrently" --same <<'END'
s/ @concurrently//
END
edit "another action of a foreign key" <<'END'
s/@on_delete\(cascade\)/@on_delete(restrict)/
END
edit "a foreign key less" <<'END'
s/-> User.id .*//
END
edit "a foreign key that can be null" <<'END'
s/^  owner_id  +uuid -> .*/  owner_id uuid? -> User.id @on_delete(set_null)/
END
edit "a generated column's expression and its configuration's type" <<'END'
s/^  search .*/  search tsvector generated `setweight(to_tsvector(ocr_language, filename), 'A')`/
END
edit "a generated column less" <<'END'
/^  search  /,/@hidden/d
/gin \(search\)/d
/^\/\/\/ Full-text/,/^\$\$$/d
END
edit "the trigger function's body" <<'END'
s/updated_at := now\(\)/updated_at := clock_timestamp()/
END
edit "the trigger's name" <<'END'
s/trigger touch /trigger stamp /
END
edit "a mixin's column renamed" <<'END'
s/^  updated_at .*/  changed_at timestamptz = now() @renamed(from: updated_at)/
s/NEW.updated_at/NEW.changed_at/
END
edit "a mixin less in one model" --loses <<'END'
/^model User/,/^\}/{/use Timestamps/d}
END
edit "a policy's condition, and another policy" <<'END'
s/^(    using `owner_id = ).*/\1current_setting('app.user', true)::uuid`/
s/^  policy owner_only/  policy see_all for select to public using `status = 'indexed'`\n&/
END
edit "no row level security" <<'END'
s/ @rls//
/^  policy/,/with check/d
END
edit "grants more and less" <<'END'
s/^grant select, insert, update, delete on/grant select, truncate on/
s/User\(id, email, role\)/User(id, email, is_active)/
END
edit "no role and no grants" <<'END'
/^role/d
/^grant/d
s/ to lexo_edit_[0-9]+$//
END
edit "the view's columns" <<'END'
s/^  bytes  .*/  bytes numeric?\n  newest timestamptz?/
s/sum\(size_bytes\) FROM/sum(size_bytes), max(created_at) FROM/
END
edit "the view's columns in another order" <<'END'
/^view/,/^\}/{/^  owner_id/d;s/^  bytes .*/&\n  owner_id uuid/}
s/SELECT owner_id, count\(\*\), sum\(size_bytes\)/SELECT count(*), sum(size_bytes), owner_id/
END
edit "the view renamed" <<'END'
s/^view OwnerStats/view OwnerTotals @renamed(from: owner_stats)/
END
edit "the view becomes materialized" <<'END'
s/^view OwnerStats/materialized view OwnerStats/
END
edit "a schema and a model in it" <<'END'
s/^schema public/schema public\nschema audit/
$a\
model Event @schema(audit) {\
  id int8 @id @identity\
  document_id uuid? -> Document.id @on_delete(set_null)\
  what text\
}
END
edit "comments" <<'END'
s/^\/\/\/ A stored file.*/\/\/\/ It's a file; 100 % "kept".\n\/\/\/\n\/\/\/ Second paragraph with \\ and */
/^\/\/\/ A person/d
s/^  tags /  \/\/\/ Free words.\n&/
/Sign-in name/d
END
edit "an extension less" <<'END'
/^extension pg_trgm/d
/gin_trgm_ops/d
END
edit "seeds and queries only" --same <<'END'
/^seed/,/^\}/d
s/LIMIT :max/LIMIT (:max + 1)/
END
edit "a setting of a table" <<'END'
s/^model Document @table\('documents'\)/& @with(fillfactor: 70)/
END
edit "an identity column" <<'END'
s/^  sha256 .*/&\n  number int8 @identity @unique/
END
edit "a version column" <<'END'
s/^  sha256 .*/&\n  version int4 = 1 @version/
END
edit "the order of members" --same <<'END'
/^  size_bytes/d
s/^  mime_type .*/&\n  size_bytes int8/
END
sql "DROP ROLE $role" >/dev/null
