/* Is the history signed by those whom the configuration or the command line names?
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_SIGNING_H
#define LX_CLI_SIGNING_H
#include "cli/cli.h"
#include "history/history.h"
#include "history/signature.h"

/* The signature files beside lexo.sum. */
struct lx_signature_file {
	const char *path;
	struct lx_signature signature;
	const char *problem; /* NULL: it can be read */
};
/* lexo.sum.minisig and lexo.sum.*.minisig in FOLDER, in the order of their names; struct lx_signature_file *. */
enum lx_status lx_signing_files(struct lx_cli *cli, const char *folder, struct lx_vec *files);

/* The public keys of the command line, else of the environment, else of lexo.ini; room for SPARE more behind them. */
enum lx_status lx_signing_keys(struct lx_cli *cli, size_t spare, struct lx_public_key **keys, size_t *count);

/* With require_signature or --require-signature: enough of the public keys signed lexo.sum as it was read.  *NUMBER is
 * the number of the signature, 0 when none is required.  LX_REFUSED: L0319 no keys, L0320 not signed; LX_CHECKSUM:
 * L0321 a signature file is damaged, L0322 not by enough of the keys, L0323 without a number. */
enum lx_status lx_signing_check(struct lx_cli *cli, const struct lx_history *history, uint64_t *number);
#endif
