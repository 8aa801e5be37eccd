# shellcheck shell=sh
# One build at a time in one folder: sourced by `echorack` and `check`.

# How long one waits for a build that another is at.
lock_patience_seconds=300

# Takes the lock file $1 as file descriptor 9, and waits for it if it must; returns 1 when patience ends. The kernel lets go of it when its
# last holder ends, however it ends, and Maven, which inherits it, is one of them: a kill -9 leaves nothing to clean up.
take_build_lock() {
    exec 9>"$1"
    lock_waited=0
    until try_build_lock; do
        [ "$lock_waited" -gt 0 ] || echo 'Echorack is being built by another start or check; waiting for it…' >&2
        if [ "$lock_waited" -ge "$lock_patience_seconds" ]; then
            echo "It is still being built after $lock_patience_seconds seconds. End that build if it hangs, and try again." >&2
            return 1
        fi
        sleep 1
        lock_waited=$((lock_waited + 1))
    done
}

leave_build_lock() {
    exec 9>&-
}

# By flock(1) on Linux, and by Perl on macOS, which has no such command.
try_build_lock() {
    if command -v flock >/dev/null; then
        flock -n 9
    elif command -v perl >/dev/null; then
        perl -MFcntl=:flock -e 'open(my $lock, ">&=", 9) or exit 1; flock($lock, LOCK_EX | LOCK_NB) or exit 1'
    fi
}
