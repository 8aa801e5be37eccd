# shellcheck shell=sh
# Finds a JDK by the `release` file in its folder: no Java is started to find out. Sourced by `echorack` and `check`.

# The oldest JDK that can build Echorack and run it.
jdk_oldest=25

# Where the system's folders begin: elsewhere in tests.
jdk_root=${ECHORACK_TEST_ROOT-}

# Sets jdk_home and jdk_version to the first JDK that is new enough and has bin/$1 (java or javac), in the order: JAVA_HOME, PATH, the
# folders where systems and tools keep theirs. Returns 1 if there is none; jdk_seen then says what there was, a line each.
find_jdk() {
    jdk_tool=$1
    jdk_seen=''
    if [ -n "${JAVA_HOME-}" ]; then
        if [ ! -r "$JAVA_HOME/release" ]; then
            jdk_saw "JAVA_HOME is $JAVA_HOME, where there is no JDK"
        elif jdk_fits "$JAVA_HOME"; then
            return 0
        fi
    fi
    if jdk_java=$(command -v java); then
        jdk_java=$(readlink -f "$jdk_java" 2>/dev/null || printf '%s\n' "$jdk_java")
        jdk_fits "${jdk_java%/bin/java}" && return 0
    fi
    for jdk_folder in \
        "$jdk_root"/usr/lib/jvm/* "$jdk_root"/usr/java/* "$jdk_root"/opt/java/* "$jdk_root"/opt/*jdk* \
        "${SDKMAN_DIR:-${HOME-}/.sdkman}"/candidates/java/* "${HOME-}"/.jdks/* \
        "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$jdk_root"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$jdk_root"/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        "$jdk_root"/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        jdk_fits "$jdk_folder" && return 0
    done
    if [ -x "$jdk_root/usr/libexec/java_home" ]; then
        jdk_folder=$("$jdk_root/usr/libexec/java_home" -v "$jdk_oldest+" 2>/dev/null) && jdk_fits "$jdk_folder" && return 0
    fi
    return 1
}

# Says on stderr what is missing, how to get it, and what was seen.
explain_no_jdk() {
    {
        printf 'Echorack needs a JDK of version %s or newer (with %s), and there is none here.\n' "$jdk_oldest" "$jdk_tool"
        printf 'Get one from https://adoptium.net/temurin/releases/?version=%s or with your package manager' "$jdk_oldest"
        printf ' (Debian, Ubuntu: openjdk-%s-jdk; macOS: brew install openjdk@%s), or set JAVA_HOME to one.\n' "$jdk_oldest" "$jdk_oldest"
        printf 'Seen: %s\n' "${jdk_seen:-no JDK at all}"
    } >&2
}

# True, and jdk_home and jdk_version set, if the folder $1 is such a JDK; one that isn't is remembered in jdk_seen.
jdk_fits() {
    [ -r "$1/release" ] && [ -x "$1/bin/java" ] || return 1
    # shellcheck disable=SC2034 # for whoever sources this
    jdk_home=$1
    jdk_version=''
    while IFS='=' read -r jdk_key jdk_value; do
        if [ "$jdk_key" = JAVA_VERSION ]; then
            jdk_value=${jdk_value#\"}
            jdk_version=${jdk_value%%\"*}
        fi
    done <"$1/release"
    jdk_major=${jdk_version%%[!0-9]*}
    if [ "${jdk_major:-0}" -lt "$jdk_oldest" ]; then
        jdk_saw "${jdk_version:-unknown version} in $1"
        return 1
    fi
    if [ ! -x "$1/bin/$jdk_tool" ]; then
        jdk_saw "$jdk_version in $1, without $jdk_tool"
        return 1
    fi
}

# The same folder is often reached by more ways than one; it is told once.
jdk_saw() {
    case "$jdk_seen;" in
    *"$1;"*) ;;
    *) jdk_seen="${jdk_seen:+$jdk_seen; }$1" ;;
    esac
}
