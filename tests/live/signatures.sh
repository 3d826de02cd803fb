# Signed histories: keys, signatures, what is refused, and minisign as the other side.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
export LEXO_DATABASE_URL=$LEXO_TEST_URL
unset LEXO_KEY LEXO_KEY_PASSWORD LEXO_PUBLIC_KEYS
revision() { "$LEXO" -q revision -m "$1" --rev-id "$1" >/dev/null && sed -i "s/^-- lexo:upgrade/&\n$2/" "migrations/$1_$1.sql" && "$LEXO" -q hash >/dev/null; }
"$LEXO" -q init . >/dev/null && rm -f models/*.lexo
revision first 'CREATE TABLE a ();'

# --- keys
runs 0 'keygen without a password' "$LEXO" keygen --no-password ann.key
[ "$(stat -c %a ann.key)" = 600 ] && pass 'for its owner alone' || flunk 'for its owner alone'
says 'and shows the public key' '^RW[A-Za-z0-9+/]{54}$' out
runs 1 'a key is never overwritten' "$LEXO" keygen --no-password ann.key
says 'and says so' 'L0208'
runs 0 'keygen with a password' env LEXO_KEY_PASSWORD='open sesame' "$LEXO" keygen bob.key
runs 1 'there must be a password' "$LEXO" keygen carl.key
says 'which is said' 'L0325'
[ ! -e carl.key ] && [ ! -e carl.pub ] && pass 'and nothing is left' || flunk 'and nothing is left'

# --- signing
runs 10 'a signature is required' "$LEXO" upgrade --require-signature --public-key ann.pub
says 'and there is none' 'L0320'
runs 2 'signing takes a key' "$LEXO" sign
runs 2 'a public key is none' "$LEXO" sign --key ann.pub
says 'which is said' 'L0324'
runs 0 'sign' "$LEXO" sign --key ann.key
runs 1 'a wrong password' env LEXO_KEY_PASSWORD='open barley' "$LEXO" sign --key bob.key
says 'is said to be one' 'L0326.*password is wrong'
runs 10 'whose signature is not told' "$LEXO" verify --require-signature
says 'is what is missing' 'L0319'
runs 0 'verify' "$LEXO" verify --require-signature --public-key ann.pub
says 'shows the number' '^the signature is good, number 1$' out
runs 0 'keys of the environment' env LEXO_PUBLIC_KEYS="$(sed -n 2p ann.pub) bob.pub" "$LEXO" verify --require-signature
runs 5 'another key' "$LEXO" verify --require-signature --public-key bob.pub
says 'is not trusted' 'L0322'
runs 5 'two signers are more than one' "$LEXO" upgrade --require-signature --public-key ann.pub --public-key bob.pub --signers 2
says 'which is counted' 'signed by 1 of the 2 keys needed'
runs 0 'the second one signs' env LEXO_KEY=bob.key LEXO_KEY_PASSWORD='open sesame' "$LEXO" sign
runs 0 'and now it is enough' "$LEXO" upgrade --require-signature --public-key ann.pub --public-key bob.pub --signers 2
[ "$(sql 'SELECT signature FROM lexo.head')" = 1 ] && pass 'the database knows the number' || flunk 'the database knows the number'

# --- changes
revision second 'CREATE TABLE b ();'
runs 5 'a changed history is not signed' "$LEXO" upgrade --require-signature --public-key ann.pub
says 'and is not run' 'nothing was run'
[ -z "$(sql "SELECT to_regclass('b')")" ] && pass 'indeed' || flunk 'indeed'
cp -r migrations before
runs 0 'signed again' "$LEXO" sign --key ann.key
runs 0 'it runs' "$LEXO" upgrade --require-signature --public-key ann.pub
[ "$(sql 'SELECT signature FROM lexo.head')" = 2 ] && pass 'as number 2' || flunk 'as number 2'
cp -r migrations newest
rm -r migrations && cp -r before migrations
runs 5 'number 1 is the past: the signature is of another lexo.sum' "$LEXO" verify --require-signature --public-key ann.pub
rm -f migrations/second_second.sql migrations/*.minisig && "$LEXO" -q hash --force >/dev/null && "$LEXO" -q sign --key ann.key >/dev/null
sql "DELETE FROM lexo.revision WHERE version_num = 'second'; INSERT INTO lexo.revision VALUES ('first')"
runs 0 'a good old history' "$LEXO" verify --require-signature --public-key ann.pub
for command in 'upgrade head' 'downgrade base' 'stamp first' 'verify --db'; do
	runs 5 "is not for this database: $command" "$LEXO" $command --require-signature --public-key ann.pub
	says 'because of its number' 'L0327.*number 1.*number 2'
done
runs 0 'unless its signer says so' "$LEXO" sign --key ann.key --number 3
runs 0 'then it is taken' "$LEXO" upgrade head --require-signature --public-key ann.pub
runs 2 'a number is a number' "$LEXO" sign --key ann.key --number x

# --- lexo.ini
printf '[lexo]\nrequire_signature = yes\npublic_keys = ann.pub\n' >lexo.ini
runs 0 'the configuration asks' "$LEXO" upgrade
printf '[lexo]\nrequire_signature = yes\npublic_keys = ann.pub bob.pub\nsigners = 2\n' >lexo.ini
runs 5 'and for more signers' "$LEXO" upgrade
runs 0 'the command line decides' "$LEXO" upgrade --signers 1
runs 5 'about keys too' "$LEXO" upgrade --signers 1 --public-key bob.pub
mkdir -p deep
cd deep || exit 1
runs 0 'keys are found from below' "$LEXO" verify --signers 1
cd ..

# --- damage
for damage in 's/A/B/' '1s/lexo/mine/' '3s/seq:/seq:9/' '$d' '2d'; do
	cp migrations/lexo.sum.minisig kept
	sed -i "$damage" migrations/lexo.sum.minisig
	runs 5 "a signature file after $damage" "$LEXO" verify --require-signature --signers 1
	says 'is found' 'L0321|L0322'
	cp kept migrations/lexo.sum.minisig
done
printf x >>migrations/lexo.sum
runs 5 'lexo.sum with one byte more' "$LEXO" verify --signers 1
truncate -s -1 migrations/lexo.sum
head -c 5000 /dev/zero >migrations/lexo.sum.other.minisig
runs 1 'a signature file that is too large' "$LEXO" verify --signers 1
rm migrations/lexo.sum.other.minisig

# --- minisign
if command -v minisign >/dev/null; then
	runs 0 'minisign verifies what lexo signed' minisign -V -p ann.pub -m migrations/lexo.sum -x migrations/lexo.sum.minisig
	minisign -G -W -p dora.pub -s dora.key >/dev/null 2>&1 || minisign -G -p dora.pub -s dora.key </dev/null >/dev/null 2>&1
	runs 0 "lexo signs with minisign's key" "$LEXO" sign --key dora.key
	runs 0 'and verifies' "$LEXO" verify --signers 1 --public-key dora.pub
	rm -f migrations/*.minisig
	minisign -S -W -s dora.key -m migrations/lexo.sum -x migrations/lexo.sum.minisig -t seq:12 >/dev/null 2>&1
	runs 0 'lexo verifies what minisign signed' "$LEXO" verify --signers 1 --public-key dora.pub
	says 'with its number' 'number 12$' out
	minisign -S -W -s dora.key -m migrations/lexo.sum -x migrations/lexo.sum.minisig >/dev/null 2>&1
	runs 5 'a signature without a number' "$LEXO" verify --signers 1 --public-key dora.pub
	says 'cannot stop the past' 'L0323'
	minisign -S -W -s ann.key -m migrations/lexo.sum -x migrations/lexo.sum.minisig -t seq:13 >/dev/null 2>&1
	runs 0 "minisign signs with lexo's key" "$LEXO" verify --signers 1
elif [ "${CI:-}" = true ]; then
	flunk 'minisign is not installed'
fi
grep -rlE 'open (sesame|barley)' . 2>/dev/null | grep -qv '^./\(out\|err\)$' && flunk 'the password is in a file' || pass 'the password is in no file'
