/* lexo keygen: a pair of keys.
 * SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/io.h"
#include "cli/commands.h"
#include "cli/password.h"
#include "cli/secret_key.h"

static enum lx_status in_the_way(struct lx_cli *cli, const char *path)
{
	lx_fail(&cli->fail, LX_FAILED, "L0208", "%s is there already", path);
	lx_fail_help(&cli->fail, "a key is never overwritten: give another name, or move the file away");
	return LX_FAILED;
}

/* For its owner alone, and new. */
static enum lx_status write_secret(struct lx_cli *cli, const char *path, const struct lx_buffer *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return errno == EEXIST ? in_the_way(cli, path) : lx_io_error(&cli->fail, "write", path);
	bool ok = write(fd, lx_buffer_text(text), text->length) == (ssize_t)text->length && fsync(fd) == 0;
	int error = errno;
	ok &= close(fd) == 0;
	if (ok)
		return LX_OK;
	unlink(path);
	errno = error;
	return lx_io_error(&cli->fail, "write", path);
}

static enum lx_status write_public(struct lx_cli *cli, const char *path, const struct lx_buffer *text)
{
	struct lx_io_set *set = lx_io_set_open();
	enum lx_status status = set ? LX_OK : lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
	if (status == LX_OK)
		status = lx_io_set_add(set, path, lx_buffer_text(text), text->length, &cli->fail);
	if (status == LX_OK)
		status = lx_io_set_commit(set, NULL, &cli->fail);
	lx_io_set_close(set);
	return status;
}

static enum lx_status write_pair(struct lx_cli *cli, const char *path, const char *public_path, const char *password)
{
	struct lx_buffer secret_text = LX_BUFFER_INIT, public_text = LX_BUFFER_INIT;
	struct lx_secret_key secret;
	struct lx_public_key public;
	bool ok = lx_secret_key_make(&secret, &public) && lx_secret_key_print(&secret_text, &secret, password);
	lx_public_key_print(&public_text, &public);
	enum lx_status status = ok && lx_buffer_ok(&public_text)
				    ? write_secret(cli, path, &secret_text)
				    : lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
	if (status == LX_OK) {
		status = write_public(cli, public_path, &public_text);
		if (status != LX_OK)
			unlink(path);
	}
	if (status == LX_OK) {
		const char *key = strchr(lx_buffer_text(&public_text), '\n') + 1;
		lx_cli_print(cli, "%s: the secret key, %s; keep it safe, and out of version control\n", path,
			     password ? "encrypted with the password" : "not encrypted");
		lx_cli_print(cli, "%s: the public key, for public_keys in lexo.ini and --public-key:\n%s", public_path,
			     key);
		lx_json_key_string(&cli->json, "secret_key_file", path);
		lx_json_key_string(&cli->json, "public_key_file", public_path);
		lx_json_key_string(&cli->json, "public_key", lx_arena_copy(cli->arena, key, strcspn(key, "\n")));
	}
	lx_secret_wipe(&secret, sizeof secret);
	lx_secret_wipe(secret_text.data, secret_text.length);
	lx_buffer_free(&secret_text);
	lx_buffer_free(&public_text);
	return status;
}

enum lx_status lx_command_keygen(struct lx_cli *cli)
{
	const struct lx_vec *operands = &cli->options.operands;
	const char *path = operands->length ? operands->items[0] : "lexo.key";
	size_t length = strlen(path);
	bool has_suffix = length > 4 && strcmp(path + length - 4, ".key") == 0;
	const char *public_path = lx_arena_printf(cli->arena, "%.*s.pub", (int)(length - (has_suffix ? 4 : 0)), path);
	bool is_open = lx_option_given(&cli->options, LX_OPTION_NO_PASSWORD);
	char password[LX_PASSWORD_LIMIT];
	if (lx_io_exists(path) || lx_io_exists(public_path))
		return in_the_way(cli, lx_io_exists(path) ? path : public_path);
	enum lx_status status = is_open ? LX_OK : lx_password_read(cli, true, password);
	if (status == LX_OK)
		status = write_pair(cli, path, public_path, is_open ? NULL : password);
	lx_secret_wipe(password, sizeof password);
	return status;
}
