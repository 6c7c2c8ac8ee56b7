package tr.emanet.backup.restic;

/** Who writes: put into key files, locks and snapshots, as restic does. */
public record Origin(String host, String user, long pid, int uid, int gid) {}
