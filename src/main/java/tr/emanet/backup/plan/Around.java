package tr.emanet.backup.plan;

/** What stands around the runs of backup jobs: commands, and who hears what they find. */
public record Around(Hooks hooks, DeviceNews news) {}
