# shellcheck shell=sh
# Sourced by the other scripts: words for the person, and programs that Debian's packages bring.

say() { printf '%s\n' "$@"; }

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

is_administrator() { [ "$(id -u)" -eq 0 ]; }

may_install() {
  command -v apt-get && { is_administrator || sudo -n -l apt-get; }
} >/dev/null 2>&1

# Without a UTF-8 locale, Debian would make a PostgreSQL that cannot hold an accent.
apt() {
  if is_administrator; then
    LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive apt-get "$@"
  else
    sudo -n LC_ALL=C.UTF-8 apt-get "$@"
  fi >/dev/null
}

# install NEEDED_BY PACKAGE…: whether it worked is seen by whether the program is there.
install_packages() {
  needed_by=$1
  shift
  may_install || return 0
  say "Installation de ce qui manque $needed_by : $*…"
  { apt update -qq && apt install -y -qq --no-install-recommends "$@"; } || true
}
