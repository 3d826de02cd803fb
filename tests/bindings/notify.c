/* LISTEN and NOTIFY against a server: prints TAP.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "app_models.h"
#include "tap.h"

static const lexo_str plain = {"documents", 9};
static lexo_notification heard;

/* Nothing more has arrived. */
static void silence(const char *what)
{
	is(lexo_wait(db, 0, arena, &heard), LEXO_DONE, what);
	ok(!heard.channel.ptr && !heard.payload.ptr, "nothing is told then");
}

static void test_channels(lexo_db *other)
{
	static const char *const names[] = {
	    "documents", "Upper Case", "a\"b", "'; DROP TABLE item; --", "\xc3\xa4\xe2\x82\xac", "*"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		lexo_str name = lexo_cstr(names[i]);
		is(lexo_listen(db, name), LEXO_OK, names[i]);
		is(lexo_notify(other, name, LEXO_S("it's 1")), LEXO_OK, "is notified");
		is(lexo_wait(db, 10000, arena, &heard), LEXO_ROW, "and heard");
		ok(same(heard.channel, names[i]) && same(heard.payload, "it's 1") && heard.sender > 0,
		   "as it was said");
		is(lexo_unlisten(db, name), LEXO_OK, "no longer");
		is(lexo_notify(other, name, (lexo_str){NULL, 0}), LEXO_OK, "is notified again");
		silence("and not heard");
	}
}

static void test_several(lexo_db *other)
{
	is(lexo_listen(db, plain), LEXO_OK, "a channel");
	is(lexo_notify(other, plain, LEXO_S("1")), LEXO_OK, "one");
	is(lexo_notify(other, plain, LEXO_S("2")), LEXO_OK, "two");
	is(lexo_wait(db, 10000, arena, &heard), LEXO_ROW, "the first");
	ok(same(heard.payload, "1"), "comes first");
	is(lexo_wait(db, 10000, arena, &heard), LEXO_ROW, "the second");
	ok(same(heard.payload, "2"), "behind it");
	silence("that was all");
	is(lexo_wait(db, 30, arena, &heard), LEXO_DONE, "nothing comes within 30 ms");
	is(lexo_begin(other, 0), LEXO_OK, "a transaction");
	is(lexo_notify(other, plain, (lexo_str){NULL, 0}), LEXO_OK, "says something");
	is(lexo_notify(other, plain, (lexo_str){NULL, 0}), LEXO_OK, "twice");
	silence("which is not heard yet");
	is(lexo_commit(other), LEXO_OK, "until it commits");
	is(lexo_wait(db, 10000, arena, &heard), LEXO_ROW, "then it is");
	ok(same(heard.payload, ""), "with an empty payload");
	silence("and once");
}

static void test_refused(void)
{
	char long_name[64], *payload = calloc(1, 9000);
	lexo_str nul = {"a\0b", 3}, bad = {"\xff", 1};
	app_item_stream *stream;
	memset(long_name, 'x', sizeof long_name);
	memset(payload, 'x', 8999);
	is(lexo_listen(db, (lexo_str){long_name, 64}), LEXO_E_MISUSE, "a long name");
	is(lexo_listen(db, (lexo_str){long_name, 63}), LEXO_OK, "one that is as long as it may be");
	is(lexo_unlisten(db, (lexo_str){NULL, 0}), LEXO_OK, "no channel any more");
	is(lexo_listen(db, (lexo_str){NULL, 0}), LEXO_E_MISUSE, "no name");
	is(lexo_notify(db, LEXO_S(""), LEXO_S("x")), LEXO_E_MISUSE, "an empty one");
	is(lexo_listen(db, nul), LEXO_E_MISUSE, "a NUL in it");
	is(lexo_listen(db, bad), LEXO_E_MISUSE, "no UTF-8");
	is(lexo_notify(db, plain, (lexo_str){payload, 8999}), LEXO_E_SQL, "a long payload is the server's business");
	is(lexo_begin(db, 0), LEXO_OK, "a transaction");
	is(lexo_wait(db, 0, arena, &heard), LEXO_E_MISUSE, "nobody waits in it");
	lexo_rollback(db);
	is(lexo_wait(db, 0, NULL, &heard), LEXO_E_MISUSE, "nor without an arena");
	is(app_item_stream_open(db, NULL, &stream), LEXO_OK, "a stream");
	is(lexo_listen(db, plain), LEXO_E_MISUSE, "has the handle for itself");
	is(lexo_wait(db, 0, arena, &heard), LEXO_E_MISUSE, "in every way");
	app_item_stream_close(stream);
	is(lexo_listen(NULL, plain), LEXO_E_MISUSE, "no handle");
	is(lexo_unlisten(NULL, plain), LEXO_E_MISUSE, "no handle");
	is(lexo_notify(NULL, plain, plain), LEXO_E_MISUSE, "no handle");
	is(lexo_wait(NULL, 0, arena, &heard), LEXO_E_MISUSE, "no handle");
	free(payload);
}

static void test_pool(void)
{
	lexo_pool *pool;
	lexo_db *handle;
	is(lexo_pool_open("", 1, NULL, &pool), LEXO_OK, "a pool");
	is(lexo_pool_get(pool, 0, &handle), LEXO_OK, "a handle");
	is(lexo_listen(handle, plain), LEXO_OK, "listens");
	is(lexo_notify(db, plain, LEXO_S("for the first")), LEXO_OK, "is notified");
	lexo_pool_put(pool, handle);
	is(lexo_notify(db, plain, LEXO_S("for nobody")), LEXO_OK, "comes back, and is notified again");
	is(lexo_pool_get(pool, 0, &handle), LEXO_OK, "the next one");
	is(lexo_wait(handle, 50, arena, &heard), LEXO_DONE, "hears neither");
	lexo_pool_put(pool, handle);
	lexo_pool_close(pool);
}

int main(int argc, char **argv)
{
	lexo_options options = options_of(argc, argv, NULL);
	lexo_db *other;
	arena = lexo_arena_new(0);
	is(lexo_open("", &options, &db), LEXO_OK, "connect");
	is(lexo_open("", &options, &other), LEXO_OK, "connect another");
	test_channels(other);
	test_several(other);
	test_refused();
	test_pool();
	app_end_others_row row;
	is(lexo_listen(db, plain), LEXO_OK, "listen");
	is(app_end_others(other, arena, &row), LEXO_OK, "the other ends the session");
	lexo_rc rc = LEXO_DONE;
	for (int i = 0; i < 100 && rc == LEXO_DONE; i++)
		rc = lexo_wait(db, 100, arena, &heard);
	is(rc, LEXO_E_CONNECTION, "which is told to who waits");
	is(lexo_wait(db, 100, arena, &heard), LEXO_E_CONNECTION, "from then on");
	lexo_close(other);
	lexo_close(db);
	lexo_arena_free(arena);
	return failures > 0;
}
