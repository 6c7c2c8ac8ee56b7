# Shared by the commands beside it: where things are, which Java, what is missing. Sourced, not run.
# All talk goes to standard error; standard output belongs to the commands.

# A core dump would hold keys.
ulimit -c 0
# File names are bytes; a JVM in another locale cannot be told all of them.
export LC_ALL=C.UTF-8

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '%s\n' "$*" >&2; }

die() {
  say "emanet: $1"
  [ -n "${2:-}" ] && say "        $2"
  exit 1
}

# Installs Debian packages when we may, else prints the one line that does.
need_packages() {
  local missing=()
  local name
  for name in "$@"; do
    dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'install ok installed' || missing+=("$name")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    # Nothing that we install for tests may start as a service of this machine.
    if [ ! -e /usr/sbin/policy-rc.d ]; then
      printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
      chmod 755 /usr/sbin/policy-rc.d
    fi
    say "emanet: installing ${missing[*]}"
    { DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}" ||
      { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; }; } >&2 ||
      return 1
    return 0
  fi
  say "emanet: missing: ${missing[*]}. Run: sudo apt-get install -y --no-install-recommends ${missing[*]}"
  return 1
}

# Prints the home of a JDK 25: JAVA_HOME if it is one, else the first found in the usual places.
jdk25() {
  local home
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    if [ -x "$home/bin/javac" ] && grep -q '^JAVA_VERSION="25' "$home/release" 2>/dev/null; then
      printf '%s\n' "$home"
      return 0
    fi
  done
  return 1
}

find_java() {
  if ! java_home=$(jdk25); then
    need_packages openjdk-25-jdk-headless ||
      die "no JDK 25 found" "Install one (Debian: openjdk-25-jdk-headless; or temurin-25-jdk of Adoptium) or set JAVA_HOME."
    java_home=$(jdk25) || die "no JDK 25 found" "Set JAVA_HOME to one."
  fi
}

find_maven() {
  command -v mvn >/dev/null || need_packages maven || die "Maven is missing"
  # It lives for a minute or two and mostly starts others.
  export MAVEN_OPTS=${MAVEN_OPTS:--XX:TieredStopAtLevel=1 -XX:+UseSerialGC}
}

# Builds the classes and their libraries when a source is newer than they are.
build_if_needed() {
  local stamp=$top/target/built
  if [ ! -e "$stamp" ] || [ -n "$(find "$top/pom.xml" "$top/src/main" -newer "$stamp" -print -quit)" ]; then
    find_maven
    say "emanet: building (the first time takes a few minutes)"
    (cd "$top" && mvn -B -q -Dmaven.test.skip=true package) >&2 || die "the build failed"
    touch "$stamp"
    make_cache
  fi
}

# The flags every JVM of ours gets; EMANET_JVM adds or overrides.
jvm_flags=(
  -Demanet.home="$top" -XX:-CreateCoredumpOnCrash
  -Djdk.serialFilter='!*' -Dfile.encoding=UTF-8 -Duser.language=en -Duser.country=US
  -Djdk.tls.rejectClientInitiatedRenegotiation=true -Djava.awt.headless=true --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
  # A quick start. Jetty asks the management beans for the size of a cache line unless it is told; the password of our
  # key store is public (the file's mode protects the key), so stretching it ten thousand times protects nothing; and
  # the optimising compiler leaves alone what runs at a start only.
  -Dorg.eclipse.jetty.util.referencesPerCacheLine=16
  -Dkeystore.pkcs12.certPbeIterationCount=1 -Dkeystore.pkcs12.keyPbeIterationCount=1
  -Dkeystore.pkcs12.macIterationCount=1
  -XX:Tier4InvocationThreshold=30000 -XX:Tier4MinInvocationThreshold=4000 -XX:Tier4CompileThreshold=90000
  -XX:Tier4BackEdgeThreshold=240000
  # But for these: the processor's instructions for AES and SHA-256 come with the optimising compiler only, and what is
  # called once a mebibyte would wait for it through gigabytes.
  -XX:CompileCommand=quiet
  # The method that calls the intrinsic one counts: itself it is slow however it is compiled.
  -XX:CompileCommand=CompileThresholdScaling,com.sun.crypto.provider.CounterMode::crypt,0.0001
  -XX:CompileCommand=CompileThresholdScaling,sun.security.provider.DigestBase::engineUpdate,0.0001
  -XX:CompileCommand=CompileThresholdScaling,sun.security.provider.DigestBase::implCompressMultiBlock'*',0.0001
  -XX:CompileCommand=CompileThresholdScaling,sun.security.provider.SHA2::'*',0.01
  -XX:CompileCommand=CompileThresholdScaling,tr.emanet.crypto.Poly1305Aes::'*',0.001
  -XX:CompileCommand=CompileThresholdScaling,tr.emanet.crypto.Scrypt::salsa,0.01
  -XX:CompileCommand=CompileThresholdScaling,tr.emanet.crypto.Scrypt::xor,0.01
  # Large enough to be called: put into its callers it would be compiled eight times before the first key is made.
  -XX:CompileCommand=dontinline,tr.emanet.crypto.Scrypt::salsa
  -XX:CompileCommand=CompileThresholdScaling,tr.emanet.backup.restic.Chunker::'*',0.01
)

# A class is looked for in one jar after the other: those that a start takes most classes from come first.
class_path() {
  local name jar path=$top/target/emanet.jar
  for name in jackson-databind jersey-common jdbi3-core camel-api jersey-server picocli jetty-util camel-core-model \
    snakeyaml-engine hk2-api logback-core javassist jackson-core jakarta.ws.rs-api sqlite-jdbc camel-base-engine \
    camel-core-reifier snakeyaml hk2-locator org.eclipse.paho.mqttv5.client camel-support logback-classic; do
    for jar in "$top/target/lib/$name"-[0-9]*.jar; do
      path=$path:$jar
    done
  done
  printf '%s' "$path:$top/target/lib/*"
}

# What only the service has: a class that is in no jar (loggers and command lines ask for some) makes the JVM read the
# directories of all of them, which takes longer than a short command. A test reads this list.
server_jars='^(angus|argparse4j|caffeine|camel|classmate|commons|dropwizard|error_prone|expressly|failureaccess|fastcsv|geantyref|guava|hibernate-validator|hk2|j2objc|jackson-data(format|type)|jackson-jakarta|jackson-module|jakarta[.]|java-diff|javassist|jboss|jdbi3|jersey|jetty|jna|jte|listenablefuture|lucene|org[.]eclipse[.]paho|osgi|profiler|snakeyaml|sqlite)|^(logback-access|logback-throttling|metrics-[a-z0-9]+(-ee10)?-4)'

# The class path of the commands over backup repositories: what they need first, then the rest without those.
short_class_path() {
  local name jar path=$top/target/emanet.jar
  for jar in "$top"/target/lib/{picocli-*,jackson-*,logback-*,slf4j-*,zstd-*,bcprov-*}.jar "$top"/target/lib/*.jar; do
    name=${jar##*/}
    case ":$path:" in *":$jar:"*) continue ;; esac
    [[ $name =~ $server_jars ]] || path=$path:$jar
  done
  printf '%s' "$path"
}

# The JVM of these commands. Zstandard comes through JNI, which is the same library without half a thousand classes
# made at each start; less is compiled before it is known to be called often.
short_flags=(
  -Xmx384m -XX:+UseSerialGC -Djdk.util.jar.version=21
  -XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining -XX:-AOTReplayTraining
  -XX:Tier3InvocationThreshold=1000 -XX:Tier3MinInvocationThreshold=500 -XX:Tier3CompileThreshold=10000
  -XX:Tier4InvocationThreshold=100000 -XX:Tier4MinInvocationThreshold=15000 -XX:Tier4CompileThreshold=300000
  -XX:Tier4BackEdgeThreshold=1000000
)

# What a start works out anew each time (classes read, linked, profiled), kept in a file by the JVM: starts take a third
# less. Only a gain: of another JVM or class path, the JVM says so and starts as without it. Its messages must not come
# to standard output, which belongs to READY and to the commands. The service and the commands have one each.
service_cache=$top/target/emanet.aot
command_cache=$top/target/emanet-command.aot
log_flags=(-Xlog:disable -Xlog:all=warning:stderr)
cache_flags=()

# A JVM may refuse to start with a damaged cache, or when flags do not fit to it: with either we start without.
use_cache() {
  local cache=$1
  [ -s "$cache" ] && [ -s "$cache.sum" ] && [ -z "${EMANET_JVM:-}" ] || return 0
  # Of older classes: the JVM would say so at each command.
  [ "$top/target/emanet.jar" -nt "$cache" ] && return 0
  if [ "$(cksum <"$cache")" = "$(cat "$cache.sum")" ]; then
    cache_flags=(-XX:AOTCache="$cache")
  else
    say "emanet: $cache is damaged and not used; packaging/aot-cache makes it anew"
    rm -f "$cache.key" || true
  fi
}

# What a cache is good for; it is kept beside the cache. The first line is the class path.
cache_key() {
  printf '%s\n%s\n' "$1" "${jvm_flags[*]} ${*:2}"
  cat "$java_home/release" || true
  stat -c '%n %s %Y' "$top/target/emanet.jar" "$top"/target/lib/*.jar
}

# Keeps what a rehearsal has made, by rename: whoever runs has the old one open.
keep_cache() {
  local made=$1 cache=$2 key=$3
  [ -s "$made" ] && mv "$made" "$cache.new" && mv "$cache.new" "$cache" || return 1
  cksum <"$cache" >"$cache.sum"
  printf '%s\n' "$key" >"$cache.key"
}

# Makes both caches, when they are missing or out of date; whatever goes wrong, there is none then and nothing else
# happens.
make_cache() {
  make_service_cache
  make_command_cache
}

# By a backup, a check and a restore of a small directory.
make_command_cache() {
  local key work cache=$command_cache path
  path=$(short_class_path)
  key=$(cache_key "$path" "${short_flags[@]}") || return 0
  [ -s "$cache" ] && [ "$(cat "$cache.key" 2>/dev/null)" = "$key" ] && return 0
  rm -f "$cache" "$cache.sum" "$cache.key"
  work=$(mktemp -d) || return 0
  "$java_home/bin/java" -XX:AOTCacheOutput="$work/emanet.aot" "${log_flags[@]}" "${jvm_flags[@]}" "${short_flags[@]}" \
    -cp "$path" tr.emanet.cli.Rehearsal "$work" "$top/packaging" >"$work/log" 2>&1 </dev/null || true
  keep_cache "$work/emanet.aot" "$cache" "$key" ||
    say "emanet: no cache for quick commands (they take longer, nothing else): $(tail -n 3 "$work/log")"
  rm -rf "$work"
}

# By a short life of the service.
make_service_cache() {
  local key work pid i cache=$service_cache
  key=$(cache_key "$(class_path)") || return 0
  [ -s "$cache" ] && [ "$(cat "$cache.key" 2>/dev/null)" = "$key" ] && return 0
  say "emanet: preparing quick starts"
  rm -f "$cache" "$cache.sum" "$cache.key"
  work=$(mktemp -d) || return 0
  "$java_home/bin/java" -XX:AOTCacheOutput="$work/emanet.aot" "${log_flags[@]}" "${jvm_flags[@]}" \
    -cp "$(class_path)" tr.emanet.cli.Main serve --demo --state "$work/state" --set http.port=0 \
    --set intake.syslog.udpPort=0 --set intake.syslog.tcpPort=0 --set intake.syslog.tlsPort=0 \
    >"$work/ready" 2>"$work/log" </dev/null &
  pid=$!
  for ((i = 0; i < 600; i++)); do
    if grep -qs READY "$work/ready"; then
      ask_once "$work" || true
      break
    fi
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.2
  done
  kill "$pid" 2>/dev/null || true
  # It writes the cache while it ends, which takes longer than its end.
  for ((i = 0; i < 600; i++)); do
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.2
  done
  kill -9 "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
  keep_cache "$work/emanet.aot" "$cache" "$key" ||
    say "emanet: no cache for quick starts (starts take longer, nothing else): $(tail -n 3 "$work/log")"
  rm -rf "$work"
}

# One question of each kind, so that their classes are in the cache as well.
ask_once() {
  local token http path
  command -v curl >/dev/null || return 0
  token=$(cat "$1/state/run/local.token")
  http=$(sed -n 's/^READY \(http[^ ]*\).*/\1/p' "$1/ready")
  for path in '/api/v1/events?query=sshd' '/api/v1/histogram?query=' '/api/v1/export?format=ndjson&query=sshd' /api/v1/status; do
    curl -s -m 5 -o /dev/null -H "Authorization: Bearer $token" "${http%/}$path" || true
  done
}
