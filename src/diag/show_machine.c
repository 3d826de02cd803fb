/* The forms of diagnostics that programs read.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/buffer.h"
#include "base/json.h"
#include "base/sha256.h"
#include "diag/diag.h"
#include "diag/excerpt.h"
#include "diag/show.h"
#include "diag/sorted.h"

#include <string.h>

static const char *const severity_words[] = {[LX_ERROR] = "error", [LX_WARNING] = "warning", [LX_NOTE] = "note"};

static const char *path_of(const struct lx_diags *diags, uint32_t file)
{
	const struct lx_source *source = lx_diags_source_of(diags, file);
	return source ? source->path : NULL;
}

void lx_show_gcc(struct lx_buffer *out, struct lx_diags *diags)
{
	struct lx_vec sorted = lx_diags_sorted(diags);
	LX_EACH (const struct lx_diag *, diag, &sorted) {
		const char *path = path_of(diags, diag->span.file);
		if (path) {
			uint32_t line, column;
			lx_source_place(diags, diag->span.file, diag->span.start, &line, &column);
			lx_buffer_printf(out, "%s:%u:%u: ", path, line, column);
		} else
			lx_buffer_string(out, "lexo: ");
		lx_buffer_printf(out, "%s: ", severity_words[diag->severity]);
		lx_excerpt_text(out, diag->message, strlen(diag->message), 0);
		lx_buffer_printf(out, " [%s]\n", lx_code_name(diag->code));
	}
}

/* https://docs.github.com/actions/reference/workflow-commands-for-github-actions: '%', CR and LF are written as in
 * URLs; in properties also ':' and ','. */
static void add_github(struct lx_buffer *out, const char *text, bool is_property)
{
	for (; *text; text++) {
		if (strchr(is_property ? "%\r\n:," : "%\r\n", *text))
			lx_buffer_printf(out, "%%%02X", (unsigned)(unsigned char)*text);
		else
			lx_buffer_char(out, *text);
	}
}

void lx_show_github(struct lx_buffer *out, struct lx_diags *diags)
{
	static const char *const commands[] = {[LX_ERROR] = "error", [LX_WARNING] = "warning", [LX_NOTE] = "notice"};
	struct lx_vec sorted = lx_diags_sorted(diags);
	LX_EACH (const struct lx_diag *, diag, &sorted) {
		const char *path = path_of(diags, diag->span.file);
		lx_buffer_printf(out, "::%s ", commands[diag->severity]);
		if (path) {
			uint32_t line, column, end_line, end_column;
			lx_source_place(diags, diag->span.file, diag->span.start, &line, &column);
			lx_source_place(diags, diag->span.file, diag->span.end, &end_line, &end_column);
			lx_buffer_string(out, "file=");
			add_github(out, path, true);
			lx_buffer_printf(out, ",line=%u,endLine=%u,col=%u", line, end_line, column);
			if (line == end_line)
				lx_buffer_printf(out, ",endColumn=%u", end_column);
			lx_buffer_char(out, ',');
		}
		lx_buffer_printf(out, "title=%s::", lx_code_name(diag->code));
		add_github(out, diag->message, false);
		if (diag->help) {
			lx_buffer_string(out, "%0Ahelp: ");
			add_github(out, diag->help, false);
		}
		lx_buffer_char(out, '\n');
	}
}

static void add_place(struct lx_json *json, struct lx_diags *diags, struct lx_span span)
{
	uint32_t line, column, end_line, end_column;
	lx_source_place(diags, span.file, span.start, &line, &column);
	lx_source_place(diags, span.file, span.end, &end_line, &end_column);
	lx_json_key_string(json, "file", path_of(diags, span.file));
	lx_json_key_integer(json, "line", line);
	lx_json_key_integer(json, "column", column);
	lx_json_key_integer(json, "end_line", end_line);
	lx_json_key_integer(json, "end_column", end_column);
	lx_json_key_integer(json, "start", span.start);
	lx_json_key_integer(json, "end", span.end);
}

static void add_diag(struct lx_json *json, struct lx_diags *diags, const struct lx_diag *diag)
{
	lx_json_open_object(json);
	lx_json_key_string(json, "code", lx_code_name(diag->code));
	lx_json_key_string(json, "severity", severity_words[diag->severity]);
	lx_json_key_string(json, "message", diag->message);
	add_place(json, diags, diag->span);
	lx_json_key(json, "labels");
	lx_json_open_array(json);
	for (const struct lx_label *label = diag->labels; label; label = label->next) {
		lx_json_open_object(json);
		lx_json_key_string(json, "text", label->text);
		add_place(json, diags, label->span);
		lx_json_close_object(json);
	}
	lx_json_close_array(json);
	lx_json_key(json, "notes");
	lx_json_open_array(json);
	for (const struct lx_note *note = diag->notes; note; note = note->next)
		lx_json_string(json, note->text);
	lx_json_close_array(json);
	lx_json_key_string(json, "help", diag->help);
	lx_json_key(json, "fixes");
	lx_json_open_array(json);
	for (const struct lx_fix *fix = diag->fixes; fix; fix = fix->next) {
		lx_json_open_object(json);
		lx_json_key_string(json, "title", fix->title);
		lx_json_key_string(json, "text", fix->text);
		add_place(json, diags, fix->span);
		lx_json_close_object(json);
	}
	lx_json_close_array(json);
	lx_json_close_object(json);
}

void lx_show_json(struct lx_json *json, struct lx_diags *diags)
{
	struct lx_vec sorted = lx_diags_sorted(diags);
	lx_json_open_array(json);
	LX_EACH (const struct lx_diag *, diag, &sorted)
		add_diag(json, diags, diag);
	lx_json_close_array(json);
}

/* --- GitLab ----------------------------------------------------------------------------------------------------------
 */

/* The same problem has the same fingerprint in two runs, wherever in the file it has moved to. */
static void add_fingerprint(struct lx_json *json, const struct lx_gitlab_problem *problem)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	char hex[LX_SHA256_HEX] = "";
	lx_buffer_printf(&text, "%s\n%s\n%s", problem->path, problem->code, problem->message);
	if (lx_buffer_ok(&text) && lx_sha256_hex(lx_buffer_text(&text), text.length, hex))
		lx_json_key_string(json, "fingerprint", hex);
	lx_buffer_free(&text);
}

void lx_show_gitlab_problem(struct lx_json *json, const struct lx_gitlab_problem *problem)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	lx_buffer_printf(&text, "%s%s%s", problem->message, problem->help ? "; " : "",
			 problem->help ? problem->help : "");
	lx_json_open_object(json);
	lx_json_key_string(json, "description", lx_buffer_text(&text));
	lx_json_key_string(json, "check_name", problem->code);
	add_fingerprint(json, problem);
	lx_json_key_string(json, "severity", problem->severity);
	lx_json_key(json, "location");
	lx_json_open_object(json);
	lx_json_key_string(json, "path", problem->path);
	lx_json_key(json, "lines");
	lx_json_open_object(json);
	lx_json_key_integer(json, "begin", problem->line);
	lx_json_close_object(json);
	lx_json_close_object(json);
	lx_json_close_object(json);
	lx_buffer_free(&text);
}

void lx_show_gitlab(struct lx_json *json, struct lx_diags *diags)
{
	static const char *const severities[] = {[LX_ERROR] = "critical", [LX_WARNING] = "minor", [LX_NOTE] = "info"};
	struct lx_vec sorted = lx_diags_sorted(diags);
	LX_EACH (const struct lx_diag *, diag, &sorted) {
		const char *path = path_of(diags, diag->span.file);
		uint32_t line = 1, column;
		if (!path)
			continue;
		lx_source_place(diags, diag->span.file, diag->span.start, &line, &column);
		lx_show_gitlab_problem(json, &(struct lx_gitlab_problem){.code = lx_code_name(diag->code),
									 .severity = severities[diag->severity],
									 .message = diag->message,
									 .help = diag->help,
									 .path = path,
									 .line = line});
	}
}
