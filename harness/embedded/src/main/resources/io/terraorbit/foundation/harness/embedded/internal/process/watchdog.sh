# Runs one server and outlives the JVM that asked for it.
#
#   $1    directory of the server: made here, removed at the end
#   $2    signal that makes the server stop at once
#   $3    directory to copy to $1/data before the start; empty for none
#   $4..  the server's command line
#
# Standard input is a pipe that only the JVM writes to, and it never writes. Its end means: stop the
# server. That is how close() stops it, and what the kernel does for a JVM that was killed. Two
# processes share the work: this one waits for the server, the other for the end of input.
trap '' INT TERM HUP
umask 077
dir=$1 signal=$2 template=$3
shift 3

remove() {
  tries=0
  until rm -rf "$dir" || [ $tries -ge 20 ]; do
    tries=$((tries + 1))
    sleep 0.1
  done
}

mkdir "$dir" || exit 90
if [ -n "$template" ]; then
  cp -R "$template" "$dir/data" || {
    remove
    exit 91
  }
fi

exec 3<&0
"$@" </dev/null >"$dir/log" 2>&1 3<&- &
server=$!
{
  while read -r line <&3; do :; done
  kill -s "$signal" $server
  tries=0
  while kill -0 $server && [ $tries -lt 20 ]; do
    tries=$((tries + 1))
    sleep 0.1
  done
  kill -s KILL $server
  remove
} </dev/null >/dev/null 2>&1 &
reader=$!
exec 3<&- </dev/null 2>/dev/null

wait $server
status=$?
kill -s KILL $reader
tail -c 8192 "$dir/log"
remove
exit $status
