#!/bin/sh
# Tests of the launcher, with a JDK and a Maven that only write down how they were called.
set -u

launcher=$(CDPATH='' cd -P -- "$(dirname "$0")" && pwd -P)
sandbox=$(mktemp -d)

# No test waits for something for ever.
(
    trap 'kill "$sleeper"; exit' TERM
    sleep 120 &
    sleeper=$!
    wait "$sleeper" && echo 'The launcher tests hang; ended.' && kill $$
) >&2 &
watch=$!
trap 'kill $watch; rm -rf "$sandbox"' EXIT
trap 'exit 1' HUP INT TERM

failures=0
tests=0

# --- the stage ---------------------------------------------------------------------------------------------------------------------

# A checkout in a folder with a blank in its name, and a PATH with nothing on it but plain tools and the Maven of this stage.
set_stage() {
    rm -rf "${sandbox:?}"/*
    top="$sandbox/check out"
    calls=$sandbox/calls
    mkdir -p "$top/src/main/java" "$top/src/launcher" "$top/web" "$top/static" "$sandbox/bin" "$sandbox/home"
    cp "$launcher/../../echorack" "$top/"
    cp "$launcher"/*.sh "$launcher"/java.options "$top/src/launcher/"
    echo 'class Main {}' >"$top/src/main/java/Main.java"
    : >"$top/pom.xml"
    : >"$calls"
    for tool in sh cat cksum cp env find flock grep kill ls mkdir mktemp mv perl ps readlink rm sleep tail touch; do
        found=$(command -v "$tool") && case $found in /*) ln -s "$found" "$sandbox/bin/$tool" ;; esac
    done
    add_maven
    add_jdk 25.0.3 jdk-25
}

add_maven() {
    cat >"$sandbox/bin/mvn" <<END
#!/bin/sh
echo "mvn \$JAVA_HOME" >>"$calls"
[ -p "$sandbox/began" ] && { echo >"$sandbox/began"; read -r _ <"$sandbox/go"; }
[ -e "$sandbox/broken" ] && { echo 'semicolon expected'; exit 1; }
mkdir -p "$top/target" && cat "$top/src/main/java/"* >"$top/target/echorack.jar"
END
    chmod +x "$sandbox/bin/mvn"
}

# A JDK of version $1 in the folder $2 of the system's own place.
add_jdk() {
    jdk=$sandbox/usr/lib/jvm/$2
    mkdir -p "$jdk/bin"
    printf 'IMPLEMENTOR="Nobody"\nJAVA_VERSION="%s"\nLIBC="gnu"\n' "$1" >"$jdk/release"
    cat >"$jdk/bin/java" <<END
#!/bin/sh
echo "java \$*" >>"$calls"
case "\$*" in
*--rehearse)
    [ -e "$sandbox/stage-fright" ] && exit 1
    for word; do
        case \$word in -XX:ArchiveClassesAtExit=*) echo classes >"\${word#*=}" ;; esac
    done
    ;;
*) echo "\$\$" >"$sandbox/process" ;;
esac
END
    : >"$jdk/bin/javac"
    chmod +x "$jdk/bin/java" "$jdk/bin/javac"
}

# Where Maven stops, until it is let go.
make_maven_wait() {
    mkfifo "$sandbox/began" "$sandbox/go"
}

echorack() {
    (cd "$sandbox/home" && as_the_user "$top/echorack" "$@") >"$sandbox/out" 2>"$sandbox/err"
}

as_the_user() {
    exec env -i HOME="$sandbox/home" PATH="$sandbox/bin" ECHORACK_TEST_ROOT="$sandbox" ${JAVA_OPTS+"ECHORACK_JAVA_OPTS=$JAVA_OPTS"} \
        ${USERS_JAVA_HOME+"JAVA_HOME=$USERS_JAVA_HOME"} "$@"
}

# --- the words of the tests --------------------------------------------------------------------------------------------------------

test_that() {
    sentence=$1
    tests=$((tests + 1))
    unset JAVA_OPTS USERS_JAVA_HOME
    set_stage
}

fails() {
    failures=$((failures + 1))
    echo "FAILED: $sentence: $1"
    [ ! -e "$sandbox/err" ] || sed 's/^/    err:  /' "$sandbox/err"
    sed 's/^/    call: /' "$calls"
}

exits() {
    [ "$1" = "$2" ] || fails "exit $1, not $2"
}

builds() {
    [ "$(grep -c '^mvn' "$calls")" = "$1" ] || fails "not $1 builds"
}

starts() {
    [ "$(grep '^java' "$calls" | grep -vc -e --rehearse)" = "$1" ] || fails "not $1 starts"
}

rehearsals() {
    [ "$(grep -c -e --rehearse "$calls")" = "$1" ] || fails "not $1 rehearsals"
}

says() {
    grep -q -e "$1" "$sandbox/err" || fails "it does not say '$1'"
}

is_silent() {
    [ ! -s "$sandbox/err" ] || fails 'it says something'
}

# Times of files are compared: what is written next is newer than what there is.
later() {
    touch "$sandbox/mark"
    until [ -n "$(find "$sandbox/tick" -newer "$sandbox/mark" 2>/dev/null)" ]; do
        touch "$sandbox/tick"
    done
}

# --- the tests ---------------------------------------------------------------------------------------------------------------------

test_that 'the first start builds, rehearses and starts, and says so in one line'
echorack
exits $? 0
builds 1
rehearsals 1
starts 1
says '^Building Echorack (first start'
[ "$(wc -l <"$sandbox/err")" -eq 1 ] || fails 'more than one line'

test_that 'the second start only starts'
echorack
: >"$calls"
echorack
exits $? 0
builds 0
rehearsals 0
starts 1
is_silent

test_that 'words go through as they are, and options for Java before them'
JAVA_OPTS='-Xmx1g -Dstar=*'
echorack --data 'a  folder' --port 0
grep -q -e ' -Xmx1g -Dstar=\* -jar .*/echorack-[0-9]*\.jar --data a  folder --port 0$' "$calls" || fails 'they came otherwise'

test_that 'the program takes the place of the launcher, so that signals reach it'
(cd "$sandbox/home" && as_the_user "$top/echorack" 2>/dev/null) &
wait $!
echorack_process=$!
[ "$(cat "$sandbox/process")" = "$echorack_process" ] || fails 'it runs beside it'

test_that 'what is newer than the build is built'
for change in pom.xml src/main/java/Main.java web/page.jte static/main.js; do
    echorack
    : >"$calls"
    later
    touch "$top/$change"
    echorack
    builds 1
done
says 'its sources have changed'

test_that 'what is gone is built too'
touch "$top/static/old.js"
echorack
: >"$calls"
later
rm "$top/static/old.js"
echorack
builds 1

test_that 'what changes during the build is built by the next start'
make_maven_wait
echorack &
start=$!
read -r _ <"$sandbox/began"
later
touch "$top/src/main/java/Main.java"
echo >"$sandbox/go"
wait $start
rm "$sandbox/began" "$sandbox/go"
echorack
builds 2

test_that 'it works through a symbolic link to a symbolic link'
mkdir "$sandbox/links"
ln -s '../check out/echorack' "$sandbox/links/first"
ln -s first "$sandbox/links/second"
(cd / && as_the_user "$sandbox/links/second" 2>/dev/null)
exits $? 0
starts 1

test_that 'it works by sh, from its own folder'
(cd "$top" && as_the_user sh echorack 2>/dev/null)
exits $? 0
starts 1

test_that 'without a JDK it says what is missing and how to get it'
rm -r "${sandbox:?}/usr"
echorack
exits $? 69
builds 0
says 'needs a JDK of version 25 or newer'
says 'https://adoptium.net'
says 'Seen: no JDK at all'

test_that 'an old JDK, one without javac and a JAVA_HOME that is none are told'
rm -r "${sandbox:?}/usr"
add_jdk 17.0.15 old
add_jdk 26 jre
rm "$jdk/bin/javac"
USERS_JAVA_HOME=$sandbox/nowhere
echorack
exits $? 69
says "Seen: JAVA_HOME is $sandbox/nowhere, where there is no JDK; 26 in .*/jre, without javac; 17.0.15 in .*/old"

test_that 'what is built runs without javac'
echorack
rm "$jdk/bin/javac"
echorack
exits $? 0
starts 2

test_that 'JAVA_HOME comes first if it is new enough, and is passed over if it is old'
add_jdk 27-ea mine
mv "$jdk" "$sandbox/mine"
USERS_JAVA_HOME=$sandbox/mine
echorack
grep -q "^mvn $sandbox/mine$" "$calls" || fails 'it was not used'
add_jdk 8 ancient
USERS_JAVA_HOME=$jdk
: >"$calls"
echorack
exits $? 0
starts 1

test_that 'a JDK of SDKMAN is found'
mkdir -p "$sandbox/home/.sdkman/candidates/java"
mv "$sandbox/usr/lib/jvm/jdk-25" "$sandbox/home/.sdkman/candidates/java/25.0.3-tem"
echorack
exits $? 0
starts 1

test_that 'without Maven it says how to get it'
rm "$sandbox/bin/mvn"
echorack
exits $? 69
says 'there is no mvn'
starts 0

test_that 'a build that fails shows the end of its log, and the next start builds again'
: >"$sandbox/broken"
echorack
exits $? 1
says 'semicolon expected'
says 'target/launcher/build.log'
starts 0
rm "$sandbox/broken"
echorack
exits $? 0
builds 2
starts 1

test_that 'a build that fails over an older one does not start the older one'
echorack
later
touch "$top/pom.xml"
: >"$sandbox/broken"
echorack
exits $? 1
starts 1

test_that 'an end during the build ends Maven too, and the next start builds again'
make_maven_wait
(cd "$sandbox/home" && as_the_user "$top/echorack") >/dev/null 2>"$sandbox/err" &
start=$!
read -r _ <"$sandbox/began"
kill $start
wait $start
exits $? 143
says 'interrupted'
rm "$sandbox/began" "$sandbox/go"
echorack
exits $? 0
builds 2
starts 1

test_that 'a start that is killed holds up nobody once its Maven is gone, and the next start builds again'
make_maven_wait
(cd "$sandbox/home" && as_the_user "$top/echorack") >/dev/null 2>&1 &
start=$!
read -r _ <"$sandbox/began"
kill -9 $start
wait $start 2>/dev/null
rm "$sandbox/began"
: >"$sandbox/broken"
echo >"$sandbox/go"
rm "$sandbox/broken" "$sandbox/go"
echorack
exits $? 0
starts 1

two_starts_at_once() {
    make_maven_wait
    (cd "$sandbox/home" && as_the_user "$top/echorack" --one) >/dev/null 2>&1 &
    first=$!
    read -r _ <"$sandbox/began"
    mkfifo "$sandbox/told"
    (cd "$sandbox/home" && as_the_user "$top/echorack" --two) >/dev/null 2>"$sandbox/told" &
    second=$!
    read -r line <"$sandbox/told"
    case $line in *'waiting for it'*) ;; *) fails "it says '$line'" ;; esac
    rm "$sandbox/began"
    echo >"$sandbox/go"
    wait $first
    exits $? 0
    wait $second
    exits $? 0
    builds 1
    rehearsals 1
    starts 2
}

test_that 'of two starts at once one builds, and the other waits and takes what it built'
two_starts_at_once

test_that 'two starts at once do so without flock too, by Perl'
rm "$sandbox/bin/flock"
two_starts_at_once

test_that 'the program is started from a copy that the next build does not touch'
echorack
jar=$(ls "$top"/target/echorack-*.jar)
later
echo 'class Other {}' >"$top/src/main/java/Other.java"
echorack
[ "$(cat "$jar")" = 'class Main {}' ] || fails 'the copy changed'

test_that 'of the programs built before, the last ones are kept, with their archives'
for number in 1 2 3 4 5; do
    later
    echo "class Main$number {}" >"$top/src/main/java/Main.java"
    echorack
done
[ "$(find "$top/target" -name 'echorack-*.jar' | wc -l)" -eq 3 ] || fails 'not three programs'
[ "$(find "$top/target" -name 'echorack-*.jsa' | wc -l)" -eq 3 ] || fails 'not three archives'
starts 5

test_that 'another JDK gets an archive of its own'
echorack
printf 'JAVA_VERSION="25.0.4"\n' >"$jdk/release"
echorack
rehearsals 2
builds 1
echorack
rehearsals 2

test_that 'a rehearsal that fails is not tried again, and the start goes on'
: >"$sandbox/stage-fright"
echorack
exits $? 0
echorack
exits $? 0
rehearsals 1
starts 2

test_that 'a rehearsal takes nothing from the environment of the start'
cat >"$jdk/bin/java" <<END
#!/bin/sh
echo "java \$* port=\${ECHORACK_PORT-none}" >>"$calls"
END
(cd / && as_the_user env ECHORACK_PORT=7 "$top/echorack" 2>/dev/null)
grep -q -e '--rehearse port=none$' "$calls" || fails 'it saw the port'
grep -q -e 'jar port=7$' "$calls" || fails 'the start did not'

echo "Tests run: $tests, Failures: $failures (launcher)"
[ $failures -eq 0 ]
