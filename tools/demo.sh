#!/bin/sh
# The demo: fill a sample binder once, print the day's briefs, open the window.
set -eu
app=$1
data=$2
briefs=$(dirname "$data")/briefs.pdf

mkdir -p "$data"
if [ ! -e "$data/binder.db" ]; then
    "$app" --data-dir "$data" --lang ru demo
fi
"$app" --data-dir "$data" --lang ru print brief -o "$briefs"
echo "The briefs of the day: $(cd "$(dirname "$briefs")" && pwd)/briefs.pdf"

case "$(uname -s)" in
    Linux) display=${DISPLAY:-}${WAYLAND_DISPLAY:-} ;;
    *) display=yes ;;
esac
if [ -n "$display" ]; then
    exec "$app" --data-dir "$data"
fi
echo "There is no display here. Where there is one, the window opens with:"
echo "    $app --data-dir $data"
