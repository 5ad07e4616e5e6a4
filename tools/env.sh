# Sourced by every script here: the project's root as working folder, its tools on PATH.
SAPAR_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$SAPAR_ROOT"
export SAPAR_TOOLS=${SAPAR_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/sapar-tools}
# .sapar/rust holds links to Debian's compiler where setup.sh chose it; it must come before rustup's proxies.
export PATH="$SAPAR_ROOT/.sapar/rust:$SAPAR_ROOT/node_modules/.bin:$SAPAR_TOOLS/bin:$PATH:${CARGO_HOME:-$HOME/.cargo}/bin"
SAPAR_TARGET=$(realpath -m "${CARGO_TARGET_DIR:-target}")

say() { printf '\033[1m==\033[0m %s\n' "$*" >&2; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }
