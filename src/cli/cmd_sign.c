/* lexo sign: signs lexo.sum.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/io.h"
#include "cli/commands.h"
#include "cli/password.h"
#include "cli/revisions.h"
#include "cli/secret_key.h"
#include "cli/signing.h"

static enum lx_status no_key(struct lx_cli *cli)
{
	lx_fail(&cli->fail, LX_USAGE, "L0202", "no secret key to sign with");
	lx_fail_help(&cli->fail, "name its file: --key FILE or LEXO_KEY; lexo keygen makes one");
	return LX_USAGE;
}

static enum lx_status open_key(struct lx_cli *cli, const char *path, const struct lx_sealed_key *sealed,
			       struct lx_secret_key *secret)
{
	char password[LX_PASSWORD_LIMIT];
	enum lx_status status = sealed->is_encrypted ? lx_password_read(cli, false, password) : LX_OK;
	if (status == LX_OK && !lx_secret_key_open(sealed, sealed->is_encrypted ? password : NULL, secret)) {
		status = lx_fail(&cli->fail, LX_FAILED, "L0326", "%s cannot be opened: %s", path,
				 sealed->is_encrypted ? "the password is wrong" : "the file is damaged");
		lx_fail_help(&cli->fail, "nothing was signed");
	}
	lx_secret_wipe(password, sizeof password);
	return status;
}

static enum lx_status read_key(struct lx_cli *cli, struct lx_secret_key *secret)
{
	const char *path = lx_option_value(&cli->options, LX_OPTION_KEY), *variable = getenv("LEXO_KEY");
	struct lx_sealed_key sealed;
	char *text;
	size_t length;
	if (!path)
		path = variable && *variable ? variable : NULL;
	if (!path)
		return no_key(cli);
	enum lx_status status = lx_io_read(path, LX_SIGNATURE_LIMIT, &text, &length, &cli->fail);
	if (status != LX_OK)
		return status;
	bool is_key = lx_secret_key_parse(text, length, &sealed);
	lx_secret_wipe(text, length);
	free(text);
	if (is_key) {
		status = open_key(cli, path, &sealed, secret);
		lx_secret_wipe(&sealed, sizeof sealed);
		return status;
	}
	lx_fail(&cli->fail, LX_USAGE, "L0324", "%s is no secret key", path);
	lx_fail_help(&cli->fail, "it is a file that lexo keygen or minisign -G wrote");
	return LX_USAGE;
}

/* As the next signature is numbered: like those of the same lexo.sum, else one more than the greatest.  Numbers of
 * signatures whose makers are not known do not count: anybody could have written them. */
static enum lx_status choose_number(struct lx_cli *cli, const struct lx_vec *files, const struct lx_public_key *keys,
				    size_t key_count, const struct lx_sum *sum, uint64_t *number)
{
	const char *text = lx_option_value(&cli->options, LX_OPTION_NUMBER);
	uint64_t same = 0, greatest = 0;
	char *end;
	LX_EACH (const struct lx_signature_file *, file, files)
		for (size_t i = 0; i < key_count && !file->problem; i++) {
			const struct lx_signature *signature = &file->signature;
			if (!lx_signature_verify_comment(signature, &keys[i]))
				continue;
			bool is_same = lx_signature_verify(signature, &keys[i], sum->text, sum->length);
			if (is_same && signature->number > same)
				same = signature->number;
			if (signature->number > greatest)
				greatest = signature->number;
		}
	*number = same ? same : greatest + 1;
	if (!text)
		return LX_OK;
	*number = strtoull(text, &end, 10);
	if (*text >= '0' && *text <= '9' && !*end && *number > 0 && *number <= INT64_MAX)
		return LX_OK;
	lx_fail(&cli->fail, LX_USAGE, "L0202", "the number of a signature is 1 or more, not '%s'", text);
	return LX_USAGE;
}

/* lexo.sum.minisig; beside that of another signer lexo.sum.ID.minisig. */
static const char *choose_path(struct lx_cli *cli, const struct lx_vec *files, const struct lx_secret_key *secret,
			       const char *sum_path)
{
	const char *first = lx_arena_printf(cli->arena, "%s.minisig", sum_path);
	char id[LX_KEY_ID_TEXT];
	LX_EACH (const struct lx_signature_file *, file, files)
		if (!file->problem && memcmp(file->signature.id, secret->id, sizeof secret->id) == 0)
			return file->path;
	LX_EACH (const struct lx_signature_file *, file, files)
		if (!file->problem && strcmp(file->path, first) == 0) {
			lx_key_id_print(secret->id, id);
			return lx_arena_printf(cli->arena, "%s.%s.minisig", sum_path, id);
		}
	return first;
}

static enum lx_status write_signature(struct lx_cli *cli, const char *path, const struct lx_secret_key *secret,
				      const struct lx_sum *sum, uint64_t number)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	struct lx_io_set *set = lx_io_set_open();
	const char *comment = lx_arena_printf(cli->arena, "timestamp:%lld\tfile:lexo.sum\tseq:%llu",
					      (long long)lx_revision_time(), (unsigned long long)number);
	enum lx_status status = LX_OK;
	if (!set || !lx_secret_key_sign(&text, secret, sum->text, sum->length, comment))
		status = lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
	if (status == LX_OK)
		status = lx_io_set_add(set, path, lx_buffer_text(&text), text.length, &cli->fail);
	if (status == LX_OK)
		status = lx_io_set_commit(set, NULL, &cli->fail);
	lx_io_set_close(set);
	lx_buffer_free(&text);
	return status;
}

static enum lx_status sign(struct lx_cli *cli, const struct lx_history *history, const struct lx_secret_key *secret)
{
	struct lx_vec files = {0};
	struct lx_public_key *keys;
	size_t key_count;
	uint64_t number = 0;
	char id[LX_KEY_ID_TEXT];
	enum lx_status status = lx_signing_keys(cli, 1, &keys, &key_count);
	if (status == LX_OK)
		status = lx_signing_files(cli, history->folder, &files);
	if (status != LX_OK)
		return status;
	lx_secret_key_public(secret, &keys[key_count++]);
	status = choose_number(cli, &files, keys, key_count, history->sum, &number);
	const char *path = choose_path(cli, &files, secret, history->sum->path);
	if (status == LX_OK)
		status = write_signature(cli, path, secret, history->sum, number);
	if (status != LX_OK)
		return status;
	lx_key_id_print(secret->id, id);
	lx_cli_print(cli, "%s: %s signed with key %s, number %llu\n", path, history->sum->path, id,
		     (unsigned long long)number);
	lx_json_key_string(&cli->json, "signature", path);
	lx_json_key_string(&cli->json, "key", id);
	lx_json_key_integer(&cli->json, "number", (int64_t)number);
	return LX_OK;
}

enum lx_status lx_command_sign(struct lx_cli *cli)
{
	struct lx_history *history;
	struct lx_secret_key secret = {0};
	enum lx_status status = lx_revisions_read(cli, &history);
	if (status == LX_OK)
		status = lx_revisions_verify(cli, history);
	if (status == LX_OK && !history->sum) {
		status = lx_fail(&cli->fail, LX_FAILED, "L0307", "there is no lexo.sum in %s to sign", history->folder);
		lx_fail_help(&cli->fail, "write a revision first: lexo revision");
	}
	if (status == LX_OK)
		status = read_key(cli, &secret);
	if (status == LX_OK)
		status = sign(cli, history, &secret);
	lx_secret_wipe(&secret, sizeof secret);
	lx_history_close(history);
	return status;
}
