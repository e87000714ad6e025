#!/usr/bin/env bash
# The first process of a node: it runs in a network, mount and process namespace of its own, and when it ends the kernel
# ends everything else of the node and takes its mounts away.
#
# node.sh FOLDER KUBELET KUBE_PROXY: the folder holds the node's configuration and gets its logs.
set -eu
folder=$1 kubelet=$2 kube_proxy=$3

# Shared among the node's own mounts, private towards the machine's: pods see what the kubelet mounts for them.
mount --make-rprivate /
mount --make-rshared /
# The machine's own state is out of sight, and the node's goes with its folder.
resolv=$(readlink -f /etc/resolv.conf)
mount -t tmpfs node /run
for target in /var/lib /var/log; do
  mkdir -p "$folder$target"
  mount --bind "$folder$target" "$target"
done
[ -e "$resolv" ] || { mkdir -p "$(dirname "$resolv")"; touch "$resolv"; }
mount --bind "$folder/resolv.conf" "$resolv"

# The kubelet would set these for the whole machine where they differ; it finds the values that it wants.
for setting in vm/overcommit_memory=1 vm/panic_on_oom=0 kernel/panic=10 kernel/panic_on_oops=1 \
  kernel/keys/root_maxkeys=1000000 kernel/keys/root_maxbytes=25000000; do
  file=/run/sysctl/${setting%=*}
  mkdir -p "$(dirname "$file")"
  echo "${setting#*=}" >"$file"
  mount --bind "$file" "/proc/sys/${setting%=*}"
done

containerd --config "$folder/containerd.toml" >"$folder/containerd.log" 2>&1 &
until [ -S /run/containerd/containerd.sock ]; do
  kill -0 $! || exit 1
  sleep 0.1
done
"$kube_proxy" --config "$folder/kube-proxy.json" >"$folder/kube-proxy.log" 2>&1 &
# shellcheck disable=SC2046
"$kubelet" $(cat "$folder/kubelet.flags") >"$folder/kubelet.log" 2>&1 &
# A node without one of its programs is no node.
wait -n
exit 1
