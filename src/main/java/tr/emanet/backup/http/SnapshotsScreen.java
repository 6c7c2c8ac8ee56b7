package tr.emanet.backup.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.plan.KeptSnapshot;
import tr.emanet.backup.plan.RunRecord;
import tr.emanet.backup.recover.ForeignSnapshots;
import tr.emanet.backup.recover.SealLook;
import tr.emanet.backup.recover.SnapshotDesk;
import tr.emanet.backup.restore.SnapshotBrowser;
import tr.emanet.backup.restore.SnapshotPath;
import tr.emanet.event.Role;
import tr.emanet.web.Formats;
import tr.emanet.web.Shell;
import tr.emanet.web.Urls;

/** Makes what the pages of snapshots show. One request. */
final class SnapshotsScreen {

  static final String HOME = "/backups/snapshots";
  static final int ENTRIES = 200;
  private static final int ROWS = 500;

  private final SnapshotDesk desk;
  private final Shell shell;
  private final Formats formats;

  SnapshotsScreen(SnapshotDesk desk, Shell shell) {
    this.desk = desk;
    this.shell = shell;
    this.formats = shell.formats();
  }

  private String t(String key, @Nullable Object... arguments) {
    return shell.t("snapshot." + key, arguments);
  }

  boolean acts() {
    return shell
        .person()
        .map(p -> p.person().has(Role.BACKUP_OPERATOR) || p.person().has(Role.ADMINISTRATOR))
        .orElse(false);
  }

  static String url(KeptSnapshot kept) {
    return HOME + "/" + kept.number();
  }

  private static String at(KeptSnapshot kept, String page, String path) {
    return Urls.path(url(kept) + page).with("path", path.equals("/") ? "" : path).toString();
  }

  /** The list, and what a search over it found. */
  SnapshotViews.ListPage list(long job, String text) {
    List<SnapshotDesk.Item> all = desk.list(0);
    Map<Long, String> jobs = new LinkedHashMap<>();
    all.forEach(item -> jobs.putIfAbsent(item.kept().run().plan(), item.kept().job()));
    List<SnapshotDesk.Item> items =
        all.stream().filter(item -> job == 0 || item.kept().run().plan() == job).toList();
    String problem = "";
    SnapshotViews.Search search = null;
    if (!text.isBlank()) {
      try {
        search = search(items.stream().map(SnapshotDesk.Item::kept).toList(), text);
      } catch (IOException e) {
        problem = t("failed", String.valueOf(e.getMessage()));
      }
    }
    return new SnapshotViews.ListPage(
        items.stream().limit(ROWS).map(this::row).toList(),
        false,
        List.of(),
        jobs.entrySet().stream()
            .map(e -> new SnapshotViews.Choice(e.getKey(), e.getValue(), e.getKey() == job))
            .toList(),
        job == 0,
        items.size() > ROWS,
        text,
        search,
        problem,
        acts());
  }

  /** Snapshots that other tools made. */
  SnapshotViews.ListPage foreign() {
    ForeignSnapshots.Found found = desk.foreign().all();
    return new SnapshotViews.ListPage(
        found.snapshots().stream()
            .limit(ROWS)
            .map(kept -> row(new SnapshotDesk.Item(kept, false)))
            .toList(),
        true,
        found.failed(),
        List.of(),
        true,
        found.snapshots().size() > ROWS,
        "",
        null,
        "",
        acts());
  }

  private SnapshotViews.Search search(List<KeptSnapshot> where, String text) throws IOException {
    SnapshotDesk.Search found = desk.search(where, text);
    String sentence =
        found.found().isEmpty()
            ? t("search.none", found.looked())
            : t(found.more() ? "search.more" : "search.all", found.found().size(), found.looked());
    if (found.unreadable() > 0) {
      sentence = sentence + " " + t("search.unreadable", found.unreadable());
    }
    return new SnapshotViews.Search(
        sentence, found.found().stream().map(this::found).toList(), found.failed());
  }

  private SnapshotViews.Found found(SnapshotDesk.Found found) {
    SnapshotBrowser.Entry entry = found.entry();
    KeptSnapshot kept = found.newest();
    boolean directory = entry.type().equals("dir");
    return new SnapshotViews.Found(
        entry.path(),
        at(kept, "", directory ? entry.path() : parent(entry.path())),
        directory ? "" : at(kept, "/versions", entry.path()),
        directory ? "–" : formats.bytes(entry.size()),
        formats.dateTime(entry.modified()),
        t("search.in", number(kept), kept.job(), found.snapshots()));
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  private String number(KeptSnapshot kept) {
    return KeptSnapshot.label(kept.number(), kept.run().snapshot(), formats.number(kept.number()));
  }

  SnapshotViews.Row row(SnapshotDesk.Item item) {
    KeptSnapshot kept = item.kept();
    RunRecord run = kept.run();
    RunRecord.State state = run.state();
    boolean foreign = kept.foreign();
    boolean complete = state == RunRecord.State.COMPLETE && !foreign;
    String says =
        foreign
            ? t("state.foreign")
            : switch (state) {
              case COMPLETE -> t("state.complete");
              case INCOMPLETE -> t("state.incomplete", run.unread());
              case SUSPICIOUS -> t("state.suspicious", findings(run));
              case RUNNING, FAILED, STOPPED -> t("state.unknown");
            };
    return new SnapshotViews.Row(
        kept.number(),
        number(kept),
        foreign,
        url(kept),
        formats.dateTime(run.startedAt()),
        run.startedAt().toString(),
        kept.job(),
        kept.systems(),
        complete ? "health-ok" : "health-attention",
        complete ? "ok" : "attention",
        says,
        item.beforeAttack() ? t("before-attack") : "",
        foreign ? "–" : formats.bytes(run.figures().bytes()),
        foreign ? "–" : formats.number(run.figures().files()),
        run.seal().isEmpty() ? t("seal.none") : run.seal());
  }

  private String findings(RunRecord run) {
    return String.join(
        ", ", run.findings().stream().map(f -> shell.t("backup.finding." + f.id())).toList());
  }

  /** A directory of a snapshot, or the names found in that snapshot. */
  SnapshotViews.FolderPage folder(SnapshotDesk.Item item, String path, int from, String text) {
    KeptSnapshot kept = item.kept();
    List<SnapshotViews.Entry> entries = new ArrayList<>();
    SnapshotViews.Pages pages = new SnapshotViews.Pages("", "", "");
    SnapshotViews.Search search = null;
    SnapshotPath where = SnapshotPath.ROOT;
    String problem = "";
    try {
      where = SnapshotPath.parse(path);
      SnapshotDesk.Folder folder = desk.folder(kept, where, from, ENTRIES);
      for (SnapshotBrowser.Entry entry : folder.page().entries()) {
        entries.add(entry(kept, entry));
      }
      pages = pages(kept, where, from, folder.page());
      if (!text.isBlank()) {
        search = search(List.of(kept), text);
      }
    } catch (BackupException e) {
      problem = t("failed", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      problem = t("unreadable", String.valueOf(e.getMessage()));
    }
    return new SnapshotViews.FolderPage(
        row(item),
        t("one", number(kept)),
        facts(item),
        crumbs(kept, where),
        where.toString(),
        entries,
        pages,
        text,
        search,
        problem,
        acts());
  }

  private SnapshotViews.Pages pages(
      KeptSnapshot kept, SnapshotPath where, int from, SnapshotBrowser.Page page) {
    if (page.total() <= ENTRIES) {
      return new SnapshotViews.Pages(t("entries", page.total()), "", "");
    }
    int to = from + page.entries().size();
    String url = at(kept, "", where.toString());
    return new SnapshotViews.Pages(
        t("entries.part", from + 1, to, page.total()),
        from == 0
            ? ""
            : Urls.path(url).with("from", Integer.toString(Math.max(0, from - ENTRIES))).toString(),
        to >= page.total() ? "" : Urls.path(url).with("from", Integer.toString(to)).toString());
  }

  private List<SnapshotViews.Crumb> crumbs(KeptSnapshot kept, SnapshotPath where) {
    List<SnapshotViews.Crumb> crumbs = new ArrayList<>();
    crumbs.add(new SnapshotViews.Crumb(number(kept), url(kept)));
    StringBuilder path = new StringBuilder();
    for (String name : where.names()) {
      path.append('/').append(name);
      crumbs.add(new SnapshotViews.Crumb(name, at(kept, "", path.toString())));
    }
    return crumbs;
  }

  private SnapshotViews.Entry entry(KeptSnapshot kept, SnapshotBrowser.Entry entry) {
    boolean directory = entry.type().equals("dir");
    boolean file = entry.type().equals("file");
    return new SnapshotViews.Entry(
        entry.path(),
        entry.name(),
        t("type." + entry.type()),
        directory,
        directory ? at(kept, "", entry.path()) : "",
        directory ? "" : at(kept, "/versions", entry.path()),
        file && acts() ? at(kept, "/file", entry.path()) : "",
        entry.link(),
        file ? formats.bytes(entry.size()) : "–",
        formats.dateTime(entry.modified()),
        mode(entry.mode()));
  }

  static String mode(int mode) {
    String letters = "rwxrwxrwx";
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < letters.length(); i++) {
      out.append((mode & 1 << letters.length() - 1 - i) != 0 ? letters.charAt(i) : '-');
    }
    mark(out, 2, (mode & 04000) != 0, 's');
    mark(out, 5, (mode & 02000) != 0, 's');
    mark(out, 8, (mode & 01000) != 0, 't');
    return out.toString();
  }

  private static void mark(StringBuilder out, int at, boolean set, char letter) {
    if (set) {
      boolean runs = out.charAt(at) == 'x';
      out.setCharAt(at, runs ? letter : Character.toUpperCase(letter));
    }
  }

  private List<SnapshotViews.Fact> facts(SnapshotDesk.Item item) {
    SnapshotViews.Row row = row(item);
    List<SnapshotViews.Fact> facts = new ArrayList<>();
    facts.add(new SnapshotViews.Fact(t("col.state"), row.icon(), row.tone(), row.state()));
    if (!row.hint().isEmpty()) {
      facts.add(new SnapshotViews.Fact(t("hint"), "health-ok", "ok", row.hint()));
    }
    facts.add(seal(item.kept()));
    if (row.foreign()) {
      facts.add(new SnapshotViews.Fact(t("maker"), "", "", row.systems()));
    } else {
      facts.add(
          new SnapshotViews.Fact(t("col.size"), "", "", t("size-files", row.size(), row.files())));
    }
    facts.add(new SnapshotViews.Fact(t("place"), "", "", item.kept().run().repository()));
    return facts;
  }

  SnapshotViews.Fact seal(KeptSnapshot kept) {
    try {
      SealLook.Seen seen = desk.seal(kept);
      return switch (seen.state()) {
        case SOUND ->
            new SnapshotViews.Fact(
                t("col.seal"),
                "health-ok",
                "ok",
                t("seal.sound", kept.foreign() ? t("seal.adopted") : kept.run().seal()));
        case UNSEALED ->
            new SnapshotViews.Fact(t("col.seal"), "health-unknown", "unknown", t("seal.unsealed"));
        case BROKEN ->
            new SnapshotViews.Fact(
                t("col.seal"), "health-broken", "broken", t("seal.broken", seen.why()));
      };
    } catch (IOException e) {
      return new SnapshotViews.Fact(
          t("col.seal"),
          "health-unknown",
          "unknown",
          t("seal.unreadable", String.valueOf(e.getMessage())));
    }
  }

  /** All versions of an entry. */
  SnapshotViews.VersionsPage versions(SnapshotDesk.Item item, String path) {
    List<SnapshotViews.Version> versions = new ArrayList<>();
    String problem = "";
    try {
      for (SnapshotDesk.Version one : desk.versions(item.kept(), SnapshotPath.parse(path))) {
        boolean file = one.entry().type().equals("file");
        versions.add(
            new SnapshotViews.Version(
                formats.dateTime(one.entry().modified()),
                file ? formats.bytes(one.entry().size()) : t("type." + one.entry().type()),
                mode(one.entry().mode()),
                seen(one),
                at(one.newest(), "", parent(path)),
                file && acts() ? at(one.newest(), "/file", path) : ""));
      }
    } catch (IOException e) {
      problem = t("failed", String.valueOf(e.getMessage()));
    }
    return new SnapshotViews.VersionsPage(
        row(item), path, at(item.kept(), "", parent(path)), versions, problem, acts());
  }

  private String seen(SnapshotDesk.Version one) {
    String newest = number(one.newest()) + " " + formats.dateTime(one.newest().run().startedAt());
    if (one.snapshots() == 1) {
      return newest;
    }
    String oldest = number(one.oldest()) + " " + formats.dateTime(one.oldest().run().startedAt());
    return t("versions.many", oldest, newest, one.snapshots());
  }

  Optional<SnapshotDesk.Item> find(long number) {
    return desk.find(number);
  }
}
