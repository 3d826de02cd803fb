/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/password.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "cli/secret_key.h"

static enum lx_status refuse(struct lx_cli *cli, const char *why)
{
	lx_fail(&cli->fail, LX_FAILED, "L0325", "no password for the key: %s", why);
	lx_fail_help(&cli->fail, "give it in LEXO_KEY_PASSWORD, or use a key without one: lexo keygen --no-password");
	return LX_FAILED;
}

static bool put(int fd, const char *text)
{
	return write(fd, text, strlen(text)) >= 0;
}

/* One line, without its newline.  False: it is too long, or there is none. */
static bool read_line(int fd, char line[LX_PASSWORD_LIMIT])
{
	for (size_t length = 0; length < LX_PASSWORD_LIMIT; length++) {
		ssize_t n;
		do
			n = read(fd, line + length, 1);
		while (n < 0 && errno == EINTR);
		if (n <= 0)
			return false;
		if (line[length] == '\n') {
			line[length] = 0;
			return true;
		}
	}
	return false;
}

static bool ask(int fd, const char *question, char password[LX_PASSWORD_LIMIT])
{
	struct termios before, hidden;
	if (tcgetattr(fd, &before) != 0)
		return false;
	hidden = before;
	hidden.c_lflag &= ~(tcflag_t)ECHO;
	if (tcsetattr(fd, TCSAFLUSH, &hidden) != 0)
		return false;
	bool ok = put(fd, question) && read_line(fd, password);
	tcsetattr(fd, TCSAFLUSH, &before);
	return put(fd, "\n") && ok && *password;
}

enum lx_status lx_password_read(struct lx_cli *cli, bool is_new, char password[LX_PASSWORD_LIMIT])
{
	const char *given = getenv("LEXO_KEY_PASSWORD");
	memset(password, 0, LX_PASSWORD_LIMIT);
	if (given && *given) {
		if (strlen(given) >= LX_PASSWORD_LIMIT)
			return refuse(cli, "that in LEXO_KEY_PASSWORD is too long");
		memcpy(password, given, strlen(given));
		return LX_OK;
	}
	int fd = cli->may_ask ? open("/dev/tty", O_RDWR | O_CLOEXEC) : -1;
	if (fd < 0)
		return refuse(cli, "there is no terminal to ask on");
	char again[LX_PASSWORD_LIMIT] = "";
	enum lx_status status = LX_OK;
	if (!ask(fd, is_new ? "Password for the new key: " : "Password of the key: ", password))
		status = refuse(cli, "none was typed");
	else if (is_new && (!ask(fd, "Once more: ", again) || strcmp(again, password) != 0))
		status = refuse(cli, "the two differ");
	lx_secret_wipe(again, sizeof again);
	close(fd);
	return status;
}
