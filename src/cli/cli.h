/* What one run of the command line holds, and how it speaks: results on stdout, log lines and failures on stderr, or
 * one JSON object on stdout. SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_CLI_H
#define LX_CLI_CLI_H
#include <stdbool.h>

#include "base/buffer.h"
#include "base/fail.h"
#include "base/json.h"
#include "cli/config.h"
#include "cli/options.h"
#include "diag/diag.h"

enum lx_output_format {
	LX_OUTPUT_TEXT,
	LX_OUTPUT_JSON,
	LX_OUTPUT_NDJSON, /* the same object, and before it a line for each event */
	LX_OUTPUT_GCC,
	LX_OUTPUT_GITHUB,
	LX_OUTPUT_GITLAB /* Code Quality: the problems alone, as an array */
};

struct lx_cli {
	struct lx_arena *arena; /* lives as long as the run */
	struct lx_options options;
	struct lx_fail fail;
	struct lx_vec secrets;   /* const char *: passwords among the arguments (secret.h) */
	struct lx_config config; /* after lx_cli_config() */
	bool has_config;
	struct lx_diags diags;  /* of the models */
	struct lx_ahead *ahead; /* the snapshot, while it is compiled beside (ahead.h); or NULL */
	enum lx_output_format format;
	bool is_quiet, has_color_out, has_color_err, may_ask;
	unsigned verbose;
	struct lx_buffer out;    /* results that are not yet written */
	struct lx_buffer fields; /* the command's fields of the JSON object */
	struct lx_json json;     /* writes into FIELDS */
	struct lx_json event;    /* the line of an event, while one is open; writes into OUT */
	bool has_lost_output;    /* stdout was closed by its reader */
};

/* For what lives shorter than the run; ends the program when memory runs out.  The caller closes it. */
struct lx_arena *lx_cli_arena(void);
/* Reads lexo.ini once. */
enum lx_status lx_cli_config(struct lx_cli *cli);
/* Sets format, colour and the rest from the options; LX_USAGE for a bad value. */
enum lx_status lx_cli_prepare(struct lx_cli *cli);
/* An explanation of codes.def, its paragraphs filled anew; empty and indented lines (examples) stay as they are.
 * (cmd_explain.c) */
void lx_explain_wrap(struct lx_buffer *out, const char *text);

/* A result for people: nothing with --output json. */
void lx_cli_print(struct lx_cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));
void lx_cli_print_text(struct lx_cli *cli, const char *text, size_t length);
/* "INFO  [source] …" on stderr, unless --quiet. */
void lx_cli_log(struct lx_cli *cli, const char *source, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* The same with "WARN ", also with --quiet. */
void lx_cli_warn(struct lx_cli *cli, const char *source, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Writes what has been printed; LX_FAILED with L0207 when stdout does not take it. */
enum lx_status lx_cli_flush(struct lx_cli *cli);
/* Is standard output JSON, and nothing else to be printed there? */
bool lx_cli_is_json(const struct lx_cli *cli);
/* Begins an event of --output ndjson; false: nobody wants it.  Its fields go to cli->event, then it is closed: the line
 * is written at once. */
bool lx_cli_event_open(struct lx_cli *cli, const char *name);
void lx_cli_event_close(struct lx_cli *cli);
/* The results and problems of the run in a form for programs, into cli->out (machine.c). */
void lx_machine_print_object(struct lx_cli *cli, enum lx_status status);
void lx_machine_print_gitlab(struct lx_cli *cli);
/* Prints failure, diagnostics and the JSON object; returns the exit code. */
int lx_cli_finish(struct lx_cli *cli, enum lx_status status);

/* Usage text: of the program for LX_COMMAND_COUNT. */
void lx_help_print(struct lx_cli *cli, enum lx_command command);
void lx_version_print(struct lx_cli *cli);
#endif
