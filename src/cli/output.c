/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/secret.h"
#include "diag/show.h"
#include "history/codes.h"

/* Exit code of a command whose reader went away: what the shell shows for SIGPIPE. */
enum { EXIT_PIPE = 128 + 13 };

static bool is_environment_set(const char *name)
{
	const char *value = getenv(name);
	return value && *value;
}

/* --color, then NO_COLOR, CLICOLOR_FORCE, CLICOLOR, TERM; a terminal gets colour. */
static bool wants_color(const char *when, int fd)
{
	const char *value;
	if (when && strcmp(when, "auto") != 0)
		return strcmp(when, "always") == 0;
	if (is_environment_set("NO_COLOR"))
		return false;
	value = getenv("CLICOLOR_FORCE");
	if (value && *value && strcmp(value, "0") != 0)
		return true;
	value = getenv("CLICOLOR");
	if (value && strcmp(value, "0") == 0)
		return false;
	value = getenv("TERM");
	return value && *value && strcmp(value, "dumb") != 0 && isatty(fd);
}

static enum lx_status choose(struct lx_cli *cli, enum lx_option option, const char *const *words, size_t count,
			     size_t *chosen)
{
	const char *given = lx_option_value(&cli->options, option);
	if (!given)
		return LX_OK;
	for (size_t i = 0; i < count; i++)
		if (strcmp(given, words[i]) == 0) {
			*chosen = i;
			return LX_OK;
		}
	const char *nearest = lx_nearest(given, words, count);
	const struct lx_option_row *row = &lx_option_rows[option];
	lx_fail(&cli->fail, LX_USAGE, "L0202", "--%s does not know '%s'", row->name, given);
	if (nearest)
		lx_fail_help(&cli->fail, "did you mean '%s'?", nearest);
	else
		lx_fail_help(&cli->fail, "--%s %s: %s", row->name, row->argument, row->help);
	return LX_USAGE;
}

enum lx_status lx_cli_prepare(struct lx_cli *cli)
{
	static const char *const formats[] = {"text", "json", "ndjson", "gcc", "github", "gitlab"};
	static const char *const colors[] = {"auto", "always", "never"};
	size_t format = 0, color = 0;
	cli->is_quiet = lx_option_given(&cli->options, LX_OPTION_QUIET);
	cli->verbose = cli->options.count[LX_OPTION_VERBOSE];
	cli->may_ask =
	    !lx_option_given(&cli->options, LX_OPTION_NO_INPUT) && isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
	enum lx_status status = choose(cli, LX_OPTION_OUTPUT, formats, sizeof formats / sizeof *formats, &format);
	if (status == LX_OK)
		status = choose(cli, LX_OPTION_COLOR, colors, 3, &color);
	cli->format = (enum lx_output_format)format;
	cli->has_color_out = wants_color(colors[color], STDOUT_FILENO);
	cli->has_color_err = wants_color(colors[color], STDERR_FILENO);
	return status;
}

bool lx_cli_is_json(const struct lx_cli *cli)
{
	return cli->format == LX_OUTPUT_JSON || cli->format == LX_OUTPUT_NDJSON || cli->format == LX_OUTPUT_GITLAB;
}

static bool write_all(int fd, const char *bytes, size_t length)
{
	while (length) {
		ssize_t n = write(fd, bytes, length);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		bytes += n;
		length -= (size_t)n;
	}
	return true;
}

enum lx_status lx_cli_flush(struct lx_cli *cli)
{
	struct lx_buffer *out = &cli->out;
	bool is_written = lx_buffer_ok(out) && write_all(STDOUT_FILENO, lx_buffer_text(out), out->length);
	int error = lx_buffer_ok(out) ? errno : ENOMEM;
	lx_buffer_clear(out);
	if (is_written || cli->has_lost_output)
		return cli->has_lost_output ? LX_FAILED : LX_OK;
	cli->has_lost_output = true;
	if (error == EPIPE) /* head, less: nobody wants to hear about it */
		return LX_FAILED;
	lx_fail(&cli->fail, LX_FAILED, "L0207", "cannot write the output: %s", strerror(error));
	return LX_FAILED;
}

void lx_cli_print_text(struct lx_cli *cli, const char *text, size_t length)
{
	if (lx_cli_is_json(cli))
		return;
	lx_buffer_add(&cli->out, text, length);
	if (cli->out.length > 1 << 16)
		lx_cli_flush(cli);
}

void lx_cli_print(struct lx_cli *cli, const char *format, ...)
{
	if (lx_cli_is_json(cli))
		return;
	va_list arguments;
	va_start(arguments, format);
	lx_buffer_vprintf(&cli->out, format, arguments);
	va_end(arguments);
}

/* One write a line, so that lines of several processes do not mix. */
static void log_line(const char *level, const char *source, const char *format, va_list arguments)
    __attribute__((format(printf, 3, 0)));
static void log_line(const char *level, const char *source, const char *format, va_list arguments)
{
	struct lx_buffer line = LX_BUFFER_INIT;
	lx_buffer_printf(&line, "%-5s [%s] ", level, source);
	lx_buffer_vprintf(&line, format, arguments);
	lx_buffer_char(&line, '\n');
	write_all(STDERR_FILENO, lx_buffer_text(&line), line.length);
	lx_buffer_free(&line);
}

void lx_cli_log(struct lx_cli *cli, const char *source, const char *format, ...)
{
	if (cli->is_quiet)
		return;
	va_list arguments;
	va_start(arguments, format);
	log_line("INFO", source, format, arguments);
	va_end(arguments);
}

void lx_cli_warn(struct lx_cli *cli, const char *source, const char *format, ...)
{
	(void)cli;
	va_list arguments;
	va_start(arguments, format);
	log_line("WARN", source, format, arguments);
	va_end(arguments);
}

/* --- how it ends ----------------------------------------------------------------------------------------------------
 */

/* Messages may quote what a file, the command line or a server said. */
static void add_escaped(struct lx_buffer *out, const char *text)
{
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;
		if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f)
			lx_buffer_printf(out, "\\x%02x", c);
		else
			lx_buffer_char(out, *text);
	}
}

/* After a newline in TEXT, INDENT spaces. */
static void add_indented(struct lx_buffer *out, const char *text, size_t indent)
{
	for (const char *newline; (newline = strchr(text, '\n')); text = newline + 1) {
		struct lx_buffer line = LX_BUFFER_INIT;
		lx_buffer_add(&line, text, (size_t)(newline - text));
		add_escaped(out, lx_buffer_text(&line));
		lx_buffer_free(&line);
		lx_buffer_char(out, '\n');
		lx_buffer_repeat(out, ' ', indent);
	}
	add_escaped(out, text);
	lx_buffer_char(out, '\n');
}

static void fail_text(struct lx_buffer *out, const struct lx_fail *fail, bool has_color)
{
	const char *bold = has_color ? "\033[1m" : "", *red = has_color ? "\033[1;31m" : "";
	const char *blue = has_color ? "\033[1;36m" : "", *plain = has_color ? "\033[0m" : "";
	lx_buffer_printf(out, "%slexo:%s %serror[%s]%s: ", bold, plain, red, fail->code, plain);
	add_indented(out, fail->message, 2);
	if (fail->where[0]) {
		lx_buffer_printf(out, "  %s-->%s ", blue, plain);
		add_indented(out, fail->where, 6);
	}
	if (fail->help[0]) {
		lx_buffer_printf(out, "  %shelp:%s ", blue, plain);
		add_indented(out, fail->help, 8);
	}
}

static void one_line(struct lx_buffer *out, const char *text)
{
	for (; *text; text++)
		lx_buffer_char(out, (unsigned char)*text < 0x20 ? ' ' : *text);
}

static void fail_gcc(struct lx_buffer *out, const struct lx_fail *fail)
{
	lx_buffer_printf(out, "%s: error: ", fail->where[0] ? fail->where : "lexo");
	one_line(out, fail->message);
	if (fail->help[0]) {
		lx_buffer_string(out, "; ");
		one_line(out, fail->help);
	}
	lx_buffer_printf(out, " [%s]\n", fail->code);
}

/* % and line ends are what GitHub's workflow commands escape. */
static void fail_github(struct lx_buffer *out, const struct lx_fail *fail)
{
	lx_buffer_printf(out, "::error title=%s::", fail->code);
	for (const char *at = fail->message; *at; at++)
		if (*at == '%' || *at == '\n' || *at == '\r')
			lx_buffer_printf(out, "%%%02X", (unsigned)*at);
		else
			lx_buffer_char(out, *at);
	lx_buffer_char(out, '\n');
}

/* --raiseerr: what the code means, under the error. */
static void add_explanation(struct lx_buffer *out, const char *code)
{
	const struct lx_fail_code *row = lx_fail_code_find(code);
	if (!row)
		return;
	lx_buffer_printf(out, "\n%s: %s\n\n", row->code, row->title);
	lx_explain_wrap(out, row->explanation);
}

static void print_problems(struct lx_cli *cli)
{
	struct lx_buffer out = LX_BUFFER_INIT;
	bool has_diags = cli->diags.list.length > 0, has_fail = cli->fail.status != LX_OK;
	if (cli->format == LX_OUTPUT_GCC) {
		if (has_diags)
			lx_show_gcc(&out, &cli->diags);
		if (has_fail)
			fail_gcc(&out, &cli->fail);
	} else if (cli->format == LX_OUTPUT_GITHUB) {
		if (has_diags)
			lx_show_github(&out, &cli->diags);
		if (has_fail)
			fail_github(&out, &cli->fail);
	} else {
		if (has_diags)
			lx_show_text(&out, &cli->diags, cli->has_color_err);
		if (has_fail)
			fail_text(&out, &cli->fail, cli->has_color_err);
		if (has_fail && lx_option_given(&cli->options, LX_OPTION_RAISEERR))
			add_explanation(&out, cli->fail.code);
	}
	write_all(STDERR_FILENO, lx_buffer_text(&out), out.length);
	lx_buffer_free(&out);
}

int lx_cli_finish(struct lx_cli *cli, enum lx_status status)
{
	lx_secret_hide(&cli->secrets, cli->fail.message);
	lx_secret_hide(&cli->secrets, cli->fail.where);
	lx_secret_hide(&cli->secrets, cli->fail.help);
	if (lx_cli_is_json(cli)) {
		lx_json_close_object(&cli->json);
		if (cli->format == LX_OUTPUT_GITLAB)
			lx_machine_print_gitlab(cli);
		else
			lx_machine_print_object(cli, status);
		if (lx_cli_flush(cli) != LX_OK && status == LX_OK)
			status = LX_FAILED;
		if (cli->has_lost_output && cli->fail.status != LX_OK)
			print_problems(cli);
	} else {
		if (lx_cli_flush(cli) != LX_OK && status == LX_OK)
			status = LX_FAILED;
		print_problems(cli);
	}
	if (cli->has_lost_output && cli->fail.status == LX_OK && status == LX_FAILED)
		return EXIT_PIPE;
	return (int)status;
}
