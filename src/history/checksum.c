/* SPDX-License-Identifier: Apache-2.0 */
#include "history/checksum.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "history/revision.h"
#include "history/sql_scan.h"

/* Tokens are short and many: they are gathered before they are hashed. */
struct gather {
	struct lx_sha256 *hash;
	size_t used;
	unsigned char bytes[4096];
};

static void put(struct gather *gather, const char *bytes, size_t length)
{
	if (length > sizeof gather->bytes - gather->used) {
		lx_sha256_add(gather->hash, gather->bytes, gather->used);
		gather->used = 0;
	}
	if (length > sizeof gather->bytes) {
		lx_sha256_add(gather->hash, bytes, length);
		return;
	}
	memcpy(gather->bytes + gather->used, bytes, length);
	gather->used += length;
}

static void put_length(struct gather *gather, size_t length)
{
	char frame[8];
	for (int i = 0; i < 8; i++)
		frame[i] = (char)((uint64_t)length >> (56 - 8 * i));
	put(gather, frame, sizeof frame);
}

static void put_word(struct gather *gather, const char *word, size_t length)
{
	while (length) {
		char folded[256];
		size_t part = length < sizeof folded ? length : sizeof folded;
		for (size_t i = 0; i < part; i++)
			folded[i] = word[i] >= 'A' && word[i] <= 'Z' ? (char)(word[i] + 32) : word[i];
		put(gather, folded, part);
		word += part;
		length -= part;
	}
}

static void put_tokens(struct gather *gather, const char *text, size_t length)
{
	struct lx_sql_scanner scanner;
	struct lx_sql_token token;
	lx_sql_scan_init(&scanner, text, length);
	while (lx_sql_scan(&scanner, &token) != LX_SQL_END) {
		char kind = (char)token.kind;
		put_length(gather, token.length + 1);
		put(gather, &kind, 1);
		if (token.kind == LX_SQL_WORD)
			put_word(gather, token.start, token.length);
		else
			put(gather, token.start, token.length);
	}
}

static void put_text(struct gather *gather, const char *text)
{
	put_length(gather, strlen(text));
	put(gather, text, strlen(text));
}

static bool finish(struct gather *gather, char hex[LX_SHA256_HEX])
{
	lx_sha256_add(gather->hash, gather->bytes, gather->used);
	return lx_sha256_close(gather->hash, hex);
}

static bool open(struct gather *gather, const char *tag)
{
	gather->used = 0;
	gather->hash = lx_sha256_open();
	if (gather->hash)
		put_text(gather, tag);
	return gather->hash != NULL;
}

bool lx_checksum_sql(const char *text, size_t length, char hex[LX_SHA256_HEX])
{
	struct gather gather;
	if (!open(&gather, "lexo-sql-1"))
		return false;
	put_tokens(&gather, text, length);
	return finish(&gather, hex);
}

static bool hash_section(struct lx_section *section)
{
	struct gather gather;
	if (!open(&gather, section->is_present ? "lexo-section-1" : "lexo-no-section-1"))
		return false;
	for (size_t i = 0; i < section->step_count; i++) {
		put_text(&gather, section->steps[i].is_transactional ? "step" : "step transaction=none");
		put_tokens(&gather, section->steps[i].sql, section->steps[i].length);
	}
	return finish(&gather, section->tok);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names in sorted order, so that the order in a directive does not matter. */
static bool put_names(struct lx_arena *arena, struct gather *gather, const char **names, size_t count)
{
	const char **sorted = lx_arena_try_alloc(arena, (count + 1) * sizeof *sorted);
	if (!sorted)
		return false;
	if (count)
		memcpy(sorted, names, count * sizeof *sorted);
	qsort(sorted, count, sizeof *sorted, by_text);
	put_length(gather, count);
	for (size_t i = 0; i < count; i++)
		put_text(gather, sorted[i]);
	return true;
}

/* Of revisions that replace others alone: without the line nothing is added. */
static void put_replaced(struct gather *gather, const struct lx_revision *revision)
{
	if (!revision->replaced_count)
		return;
	put_text(gather, "replaces");
	put_length(gather, revision->replaced_count);
	for (size_t i = 0; i < revision->replaced_count; i++) {
		put_text(gather, revision->replaced[i].id);
		put_text(gather, revision->replaced[i].chain ? revision->replaced[i].chain : "");
	}
}

static bool put_flags(struct lx_arena *arena, struct gather *gather, const struct lx_revision *revision)
{
	put_text(gather, revision->irreversible ? "irreversible" : "reversible");
	put_replaced(gather, revision);
	return put_names(arena, gather, revision->labels.items, revision->labels.count);
}

bool lx_checksum_revision(struct lx_arena *arena, struct lx_revision *revision)
{
	struct gather gather;
	if (!hash_section(&revision->upgrade) || !hash_section(&revision->downgrade) ||
	    !lx_sha256_hex(revision->text, revision->length, revision->raw) || !open(&gather, "lexo-tokens-1"))
		return false;
	put_text(&gather, revision->id);
	bool ok = put_names(arena, &gather, revision->revises.items, revision->revises.count) &&
		  put_names(arena, &gather, revision->depends_on.items, revision->depends_on.count) &&
		  put_flags(arena, &gather, revision);
	put_text(&gather, revision->upgrade.tok);
	put_text(&gather, revision->downgrade.tok);
	return finish(&gather, revision->tok) && ok;
}

const char *lx_checksum_link(const struct lx_revision *revision)
{
	for (size_t i = 0; i < revision->replaced_count; i++)
		if (revision->replaced[i].chain)
			return revision->replaced[i].chain;
	return revision->chain;
}

static bool put_chains(struct lx_arena *arena, struct gather *gather, struct lx_revision **revisions, size_t count)
{
	const char **chains = lx_arena_try_alloc(arena, (count + 1) * sizeof *chains);
	for (size_t i = 0; chains && i < count; i++)
		chains[i] = lx_checksum_link(revisions[i]);
	return chains && put_names(arena, gather, chains, count);
}

bool lx_checksum_chain(struct lx_arena *arena, struct lx_revision *revision)
{
	struct gather gather;
	if (!open(&gather, "lexo-chain-1"))
		return false;
	put_text(&gather, revision->id);
	bool ok = put_chains(arena, &gather, revision->parents, revision->revises.count) &&
		  put_chains(arena, &gather, revision->dependencies, revision->depends_on.count) &&
		  put_flags(arena, &gather, revision);
	put_text(&gather, revision->upgrade.tok);
	put_text(&gather, revision->downgrade.tok);
	return finish(&gather, revision->chain) && ok;
}
