#!/usr/bin/env bash
# Spark needs a Java runtime: where there is none, install Debian's, if that is allowed.
command -v java > /dev/null && exit 0
if [ "$(id -u)" -eq 0 ] && command -v apt-get > /dev/null; then
    apt-get update -qq && apt-get install -qq --no-install-recommends default-jre-headless && exit 0
fi
echo "no Java runtime, and none can be installed here: Spark will be skipped" >&2
