/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/signing.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/io.h"

#define SUFFIX ".minisig"

static bool is_ours(const char *name)
{
	static const char prefix[] = "lexo.sum.";
	return strncmp(name, prefix, sizeof prefix - 1) == 0;
}

enum lx_status lx_signing_files(struct lx_cli *cli, const char *folder, struct lx_vec *files)
{
	char **names;
	size_t count;
	enum lx_status status = lx_io_list(folder, SUFFIX, &names, &count, &cli->fail);
	for (size_t i = 0; i < count && status == LX_OK; i++) {
		if (!is_ours(names[i]))
			continue;
		char *text;
		size_t length;
		struct lx_signature_file *file = LX_NEW(cli->arena, struct lx_signature_file);
		file->path = lx_arena_printf(cli->arena, "%s/%s", folder, names[i]);
		status = lx_io_read(file->path, LX_SIGNATURE_LIMIT, &text, &length, &cli->fail);
		if (status != LX_OK)
			break;
		file->problem = lx_signature_parse(text, length, &file->signature);
		lx_vec_push(cli->arena, files, file);
		free(text);
	}
	free(names);
	return status;
}

/* --- keys --------------------------------------------------------------------------------------------------------- */

struct keys {
	struct lx_public_key *items;
	size_t count;
	size_t spare; /* room behind them */
};

static enum lx_status add_key(struct lx_cli *cli, struct keys *keys, const char *word, const char *folder)
{
	struct lx_public_key *key = &keys->items[keys->count];
	if (lx_public_key_parse(word, strlen(word), key)) {
		keys->count++;
		return LX_OK;
	}
	const char *path = word[0] == '/' ? word : lx_arena_printf(cli->arena, "%s%s", folder, word);
	char *text;
	size_t length;
	enum lx_status status = lx_io_read(path, LX_SIGNATURE_LIMIT, &text, &length, &cli->fail);
	if (status != LX_OK) {
		lx_fail_help(&cli->fail, "a public key is one word that begins with RW, or the file that has it");
		return status;
	}
	bool is_good = lx_public_key_parse(text, length, key);
	free(text);
	if (is_good) {
		keys->count++;
		return LX_OK;
	}
	lx_fail(&cli->fail, LX_USAGE, "L0324", "%s is no public key", path);
	lx_fail_help(&cli->fail, "it is a file that lexo keygen or minisign -G wrote beside the secret key");
	return LX_USAGE;
}

static enum lx_status add_words(struct lx_cli *cli, struct keys *keys, const char *text, const char *folder)
{
	enum lx_status status = LX_OK;
	size_t words = 1;
	for (const char *at = text; *at; at++)
		words += strchr(" \t\n,", *at) != NULL;
	keys->items = LX_NEW_ARRAY(cli->arena, struct lx_public_key, words + keys->spare);
	for (const char *at = text; status == LX_OK && *(at += strspn(at, " \t\n,")); at += strcspn(at, " \t\n,"))
		status = add_key(cli, keys, lx_arena_copy(cli->arena, at, strcspn(at, " \t\n,")), folder);
	return status;
}

/* Those of the command line, else of the environment, else of lexo.ini: never together, so that what the revisions come
 * with cannot add a key to those that a deployment trusts. */
static enum lx_status read_keys(struct lx_cli *cli, struct keys *keys)
{
	const struct lx_vec *given = &cli->options.values[LX_OPTION_PUBLIC_KEY];
	const char *variable = getenv("LEXO_PUBLIC_KEYS");
	enum lx_status status = LX_OK;
	if (!given->length && variable && *variable)
		return add_words(cli, keys, variable, "");
	if (!given->length)
		return add_words(cli, keys, cli->config.public_keys ? cli->config.public_keys : "", cli->config.folder);
	keys->items = LX_NEW_ARRAY(cli->arena, struct lx_public_key, given->length + keys->spare);
	LX_EACH (const char *, word, given)
		if (status == LX_OK)
			status = add_key(cli, keys, word, "");
	return status;
}

enum lx_status lx_signing_keys(struct lx_cli *cli, size_t spare, struct lx_public_key **keys, size_t *count)
{
	struct keys found = {.spare = spare};
	enum lx_status status = read_keys(cli, &found);
	*keys = found.items;
	*count = found.count;
	return status;
}

static enum lx_status read_threshold(struct lx_cli *cli, size_t *threshold)
{
	const char *text = lx_option_value(&cli->options, LX_OPTION_SIGNERS);
	char *end;
	long number = text ? strtol(text, &end, 10) : cli->config.signers;
	if ((text && (*end || end == text)) || number < 1 || number > 100) {
		lx_fail(&cli->fail, LX_USAGE, "L0202", "the number of signers is 1 to 100, not '%s'",
			text ? text : lx_arena_printf(cli->arena, "%ld", number));
		return LX_USAGE;
	}
	*threshold = (size_t)number;
	return LX_OK;
}

/* --- checking ----------------------------------------------------------------------------------------------------- */

static enum lx_status no_keys(struct lx_cli *cli)
{
	lx_fail(&cli->fail, LX_REFUSED, "L0319", "a signature is required, and no public key says whose");
	lx_fail_help(&cli->fail,
		     "name the keys that may sign: --public-key, LEXO_PUBLIC_KEYS, or public_keys in lexo.ini;\n"
		     "a deployment should not take them from the tree that it checks");
	return LX_REFUSED;
}

static enum lx_status not_signed(struct lx_cli *cli, const char *folder)
{
	lx_fail(&cli->fail, LX_REFUSED, "L0320", "the history in %s is not signed", folder);
	lx_fail_help(&cli->fail, "nothing was run. Whoever reviewed it signs it: lexo sign --key FILE");
	return LX_REFUSED;
}

static enum lx_status damaged(struct lx_cli *cli, const struct lx_signature_file *file)
{
	lx_fail(&cli->fail, LX_CHECKSUM, "L0321", "%s is no signature: %s", file->path, file->problem);
	lx_fail_where(&cli->fail, "%s", file->path);
	lx_fail_help(&cli->fail, "restore it from version control, or sign again: lexo sign --key FILE");
	return LX_CHECKSUM;
}

/* What FILE is worth. */
static const char *describe(const struct lx_signature_file *file, const struct keys *keys, const struct lx_sum *sum)
{
	const char *text = "by a key that is none of the public keys";
	for (size_t i = 0; i < keys->count; i++) {
		if (lx_signature_verify(&file->signature, &keys->items[i], sum->text, sum->length))
			return "good";
		if (memcmp(keys->items[i].id, file->signature.id, LX_KEY_ID_SIZE) == 0)
			text = "of another lexo.sum, or changed";
	}
	return text;
}

static enum lx_status not_enough(struct lx_cli *cli, const struct lx_vec *files, const struct keys *keys,
				 const struct lx_sum *sum, size_t signers, size_t threshold)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	char id[LX_KEY_ID_TEXT];
	LX_EACH (const struct lx_signature_file *, file, files) {
		lx_key_id_print(file->signature.id, id);
		lx_buffer_printf(&text, "\n%s, key %s: %s", file->path, id, describe(file, keys, sum));
	}
	lx_fail(&cli->fail, LX_CHECKSUM, "L0322", "%s is signed by %zu of the %zu key%s needed:%s", sum->path, signers,
		threshold, threshold == 1 ? "" : "s", lx_buffer_text(&text));
	lx_fail_help(&cli->fail, "nothing was run. If the change was reviewed, sign again: lexo sign --key FILE");
	lx_buffer_free(&text);
	return LX_CHECKSUM;
}

static enum lx_status no_number(struct lx_cli *cli)
{
	lx_fail(&cli->fail, LX_CHECKSUM, "L0323",
		"the signature has no number, so that an old one could be used again");
	lx_fail_help(&cli->fail, "sign with lexo sign; with minisign give a greater number each time: -t 'seq:N'");
	return LX_CHECKSUM;
}

static enum lx_status check(struct lx_cli *cli, const struct lx_history *history, const struct keys *keys,
			    size_t threshold, uint64_t *number)
{
	struct lx_vec files = {0};
	enum lx_status status = lx_signing_files(cli, history->folder, &files);
	if (status != LX_OK)
		return status;
	if (!files.length)
		return not_signed(cli, history->folder);
	struct lx_signature *signatures = LX_NEW_ARRAY(cli->arena, struct lx_signature, files.length);
	LX_EACH (const struct lx_signature_file *, file, &files) {
		if (file->problem)
			return damaged(cli, file);
		signatures[file_i] = file->signature;
	}
	size_t signers = lx_signatures_count(signatures, files.length, keys->items, keys->count, history->sum->text,
					     history->sum->length, threshold, number);
	if (signers < threshold)
		return not_enough(cli, &files, keys, history->sum, signers, threshold);
	return *number ? LX_OK : no_number(cli);
}

enum lx_status lx_signing_check(struct lx_cli *cli, const struct lx_history *history, uint64_t *number)
{
	struct keys keys = {0};
	size_t threshold;
	*number = 0;
	if (!cli->config.require_signature && !lx_option_given(&cli->options, LX_OPTION_REQUIRE_SIGNATURE))
		return LX_OK;
	enum lx_status status = read_threshold(cli, &threshold);
	if (status == LX_OK)
		status = read_keys(cli, &keys);
	if (status != LX_OK)
		return status;
	if (!keys.count)
		return no_keys(cli);
	if (!history->sum)
		return not_signed(cli, history->folder);
	status = check(cli, history, &keys, threshold, number);
	if (status == LX_OK)
		lx_cli_log(cli, "lexo.history", "The signature of lexo.sum is good, number %llu",
			   (unsigned long long)*number);
	return status;
}
