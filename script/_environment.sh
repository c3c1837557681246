# shellcheck shell=sh
# Sourced by the other scripts. Leaves them in the project's folder, with $venv ready (.venv; with
# DJANGO=next, .venv-next), DATA_DIR and PORT exported. Before sourcing, a script may set:
#   needs_tools=yes      the tools of requirements-dev.txt too, not only what the site needs
#   temporary_data=yes   unless DATA_DIR says where: a data folder that is removed at the end

# shellcheck source=script/_system.sh
. "$(dirname -- "$0")/_system.sh"

making_venv=''
temporary=''
clean_up() {
  # The next run would take half an environment for a whole one.
  [ -z "$making_venv" ] || rm -rf "$venv"
  [ -z "$temporary" ] || rm -rf "$temporary"
}
trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# Before the change of folder: what is relative is so to where the person stands.
case "${DATA_DIR:-}" in
  '' | /*) ;;
  *) DATA_DIR=$PWD/$DATA_DIR ;;
esac
case "${PYTHON:-}" in
  /*) ;;
  */*) PYTHON=$PWD/$PYTHON ;;
esac

CDPATH='' cd -- "$(dirname -- "$0")/.." || exit 1

venv=.venv
oldest_python='3, 11'
if [ "${DJANGO:-}" = next ]; then
  venv=.venv-next
  oldest_python='3, 12'
  requirements='requirements-next.txt'
elif [ -n "${DJANGO:-}" ]; then
  fail "DJANGO=$DJANGO : seul DJANGO=next est connu, pour essayer le prochain Django."
elif [ "${needs_tools:-}" = yes ]; then
  requirements='requirements-dev.txt'
else
  requirements='requirements.txt'
fi
checksum=$(cksum <"$requirements")

# Being on the PATH proves nothing: version managers leave commands there that only print an error.
choose_python() {
  version=$(say "$oldest_python" | sed 's/, /./')
  python=''
  without_venv=''
  for candidate in "$@"; do
    "$candidate" -c "import sys; sys.exit(sys.version_info < ($oldest_python))" >/dev/null 2>&1 ||
      continue
    # Debian ships the module venv without ensurepip, and fails only once the folder is half made.
    if "$candidate" -c 'import ensurepip, venv' >/dev/null 2>&1; then
      python=$candidate
      return
    fi
    without_venv=$candidate
  done
  if [ -n "$without_venv" ]; then
    fail "Il manque à Python ($without_venv) de quoi créer un environnement (venv)." \
      "Pour l'installer : apt install python3-venv"
  elif [ -n "${PYTHON:-}" ]; then
    fail "PYTHON=$PYTHON ne désigne pas un Python $version ou plus récent."
  else
    fail "Il manque Python $version ou plus récent." \
      "Pour l'installer : apt install python3 python3-venv"
  fi
}

# False too after the system's Python has changed version: the libraries lie in the old one's folder.
venv_is_sound() {
  [ ! -e "$venv/unfinished" ] && "$venv/bin/python" -I -c "
import os, sys
major, minor = sys.version_info[:2]
pip = f'{sys.prefix}/lib/python{major}.{minor}/site-packages/pip'
sys.exit((major, minor) < ($oldest_python) or not os.path.isdir(pip))" 2>/dev/null
}

is_ready() {
  [ "$(cat "$venv/$requirements.installed" 2>/dev/null)" = "$checksum" ] && venv_is_sound
}

make_venv() {
  making_venv=yes
  rm -rf "$venv"
  # A power cut runs no trap: this mark says it at the next start.
  if ! { mkdir "$venv" && : >"$venv/unfinished" && "$python" -m venv "$venv"; }; then
    fail "L'environnement Python (dossier $venv) n'a pas pu être créé : voir le message ci-dessus."
  fi
  rm "$venv/unfinished"
  making_venv=''
}

install_requirements() {
  say "Installation des bibliothèques ($requirements) : une minute environ, la première fois…"
  rm -f "$venv"/*.installed
  if ! "$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-input \
    --require-hashes --requirement "$requirements"; then
    fail "L'installation des bibliothèques a échoué : voir le message ci-dessus." \
      "Le plus souvent, c'est le réseau : vérifiez la connexion, puis relancez la même commande."
  fi
  # The tools' requirements hold the site's.
  cksum <requirements.txt >"$venv/requirements.txt.installed"
  say "$checksum" >"$venv/$requirements.installed"
}

if ! is_ready; then
  if venv_is_sound; then
    python=$venv/bin/python
  elif [ -n "${PYTHON:-}" ]; then
    choose_python "$PYTHON"
  else
    choose_python python3.13 python3.12 python3.11 python3
  fi
  # The lock belongs to descriptor 9, so the kernel lifts it however this script ends.
  exec 9<script/_environment.sh
  "$python" -I -c '
import fcntl, signal
signal.signal(signal.SIGINT, signal.SIG_DFL)
try:
    fcntl.flock(9, fcntl.LOCK_EX | fcntl.LOCK_NB)
except BlockingIOError:
    print("Une autre installation est en cours : patientez…", flush=True)
    fcntl.flock(9, fcntl.LOCK_EX)'
  # The other one may have done it all.
  if ! is_ready; then
    venv_is_sound || make_venv
    install_requirements
  fi
  exec 9<&-
fi

if [ -n "${PYTHON:-}" ]; then
  version='import sys; print(*sys.version_info[:2])'
  if [ "$("$PYTHON" -c "$version" 2>/dev/null)" != "$("$venv/bin/python" -c "$version")" ]; then
    fail "Le dossier $venv a été créé avec une autre version de Python que PYTHON=$PYTHON." \
      "Supprimez $venv, puis relancez la même commande : il sera refait."
  fi
fi

if [ -z "${DATA_DIR:-}" ] && [ "${temporary_data:-}" = yes ]; then
  temporary=$(mktemp -d "${TMPDIR:-/tmp}/aes-cms.XXXXXX")
  DATA_DIR=$temporary
fi
DATA_DIR=${DATA_DIR:-$PWD/var}
mkdir -p -- "$DATA_DIR" ||
  fail "Le dossier des données n'a pas pu être créé : $DATA_DIR" \
    "DATA_DIR peut en désigner un autre."
PORT=${PORT:-8000}
export DATA_DIR PORT
