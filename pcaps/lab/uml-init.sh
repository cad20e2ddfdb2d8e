#!/bin/sh
# First program in the User Mode Linux of pcaps/lab/uml.ts. The root is the host's own, read-only; all that is written lies
# in memory, but for the folder OUT. The kernel command line gives REPO, OUT and the scenarios' names, joined by commas.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp LANG=C.UTF-8 TZ=UTC
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /mnt
mkdir -p /run/lock /run/netns /mnt/repo /mnt/out /dev/net
mount -t hostfs -o "$REPO" none /mnt/repo
mount -t hostfs -o "$OUT" none /mnt/out
mount -t tmpfs tmpfs /tmp
[ -e /dev/net/tun ] || mknod -m 666 /dev/net/tun c 10 200

# The kernel would look for modules in /lib/modules, which the host need not have.
modules=/run/modules
mkdir -p $modules/lib/modules
ln -s "/usr/lib/uml/modules/$(uname -r)" $modules/lib/modules/
printf '#!/bin/sh\nexec /usr/sbin/modprobe -d %s "$@"\n' $modules > /run/modprobe
chmod +x /run/modprobe
echo /run/modprobe > /proc/sys/kernel/modprobe
for module in af_packet veth tun xfrm_user esp4 esp6 ah4 ah6 sch_netem sch_prio cls_u32; do
  /run/modprobe "$module" || echo "no module $module"
done
ip link set lo up

cd /mnt/repo || exit 1
node --import tsx pcaps/lab/run.ts --inside --into /mnt/out --logs /mnt/out/logs $(echo "$SCENARIOS" | tr , ' ')
sync
echo o > /proc/sysrq-trigger
sleep 10
