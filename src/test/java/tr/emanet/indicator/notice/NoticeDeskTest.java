package tr.emanet.indicator.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static tr.emanet.indicator.notice.NoticesFixture.ANALYST;
import static tr.emanet.indicator.notice.NoticesFixture.INVENTORY;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.audit.ChainCheck;

class NoticeDeskTest {

  private static final String FORTI = "Fortinet FortiOS Güvenlik Bildirimi (CVE-2026-10001)";

  @TempDir Path state = Path.of("");

  @SuppressWarnings("NullAway.Init") // opened before each test
  private NoticesFixture given;

  @BeforeEach
  void open() throws Exception {
    given = new NoticesFixture(state);
    given.inventory(INVENTORY);
  }

  @AfterEach
  void close() {
    given.close();
  }

  private NoticeTask only(NoticeKey notice) {
    List<NoticeTask> tasks = given.desk.tasks(notice);
    assertThat(tasks).hasSize(1);
    return tasks.getFirst();
  }

  @Test
  void aSureMatchMakesATaskForTheOwnerUntilTheDayOfTheCriticality() {
    NoticeKey notice = given.notice(9999, FORTI, "FortiOS 7.4.4 öncesi sürümler etkilenmektedir.");

    NoticeTask task = only(notice);
    assertThat(task.owner()).isEqualTo("byilmaz");
    assertThat(task.due()).isEqualTo(LocalDate.of(2026, 11, 25));
    assertThat(task.number()).isEqualTo("G-2026-0001");
    assertThat(task.createdBy()).isEqualTo(NoticeDesk.SELF);
    assertThat(given.desk.matches(notice))
        .extracting(NoticeMatch::asset, NoticeMatch::confidence, NoticeMatch::task)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("10.0.0.1", Confidence.HIGH, "G-2026-0001"));
    assertThat(given.row(notice).cves()).containsExactly("CVE-2026-10001");
    assertThat(given.desk.find("TR-26-9999", ANALYST)).isPresent();
    assertThat(given.actions()).contains("notice.task.create");
  }

  @Test
  void whatIsOutsideAllStatedVersionsIsSaidToBeCheckedAndIsNothingToDecide() {
    NoticeKey notice = given.notice(9, FORTI, "FortiOS 7.4.4 öncesi sürümler etkilenmektedir.");
    NoticeKey open = given.notice(10, "Apache Tomcat zafiyeti", "Apache Tomcat 9.0.80 öncesi");

    assertThat(given.desk.notAffected(given.row(notice)))
        .extracting(NotAffected::asset, one -> one.product().version())
        .containsExactly(org.assertj.core.groups.Tuple.tuple("10.0.0.2", "7.6.1"));
    assertThat(given.desk.notAffected(given.row(notice)).getFirst().quote()).contains("7.4.4");
    assertThat(given.desk.matches(notice)).extracting(NoticeMatch::asset).containsOnly("10.0.0.1");
    assertThat(given.desk.notAffected(given.row(open))).isEmpty();
  }

  @Test
  void nothingIsMadeTwiceHoweverOftenItIsCompared() throws Exception {
    NoticeKey notice = given.notice(1, FORTI, "FortiOS 7.4.4 öncesi");
    given.inventory(INVENTORY.replace("web01", "web02"));
    given.watch.compare();
    given.close();
    given = new NoticesFixture(state);
    given.rows.put(1, FORTI, "FortiOS 7.4.4 öncesi. Düzenlendi.", true, given.instant());
    given.watch.compare();

    assertThat(only(notice).number()).isEqualTo("G-2026-0001");
    assertThat(given.watch.compare()).isZero();
  }

  @Test
  void lessSureMatchesWaitForAPerson() {
    NoticeKey medium = given.notice(1, "Apache Tomcat zafiyeti", "Apache Tomcat 9.0.80 öncesi");
    NoticeKey low = given.notice(2, "Fortinet FortiMail zafiyeti", "FortiMail 7.4.4 öncesi");

    assertThat(given.desk.tasks(medium)).isEmpty();
    assertThat(given.desk.tasks(low)).isEmpty();
    NoticeMatch tomcat = given.desk.matches(medium).getFirst();
    assertThat(tomcat.confidence()).isEqualTo(Confidence.MEDIUM);
    assertThat(tomcat.reason()).isEqualTo("version-unknown");
    assertThat(given.desk.matches(low))
        .extracting(NoticeMatch::confidence)
        .containsOnly(Confidence.LOW);

    assertThat(given.desk.confirm(ANALYST, tomcat.id())).isInstanceOf(NoticeChange.Done.class);

    assertThat(only(medium).owner()).isEqualTo("eozturk");
    assertThat(only(medium).due()).isEqualTo(LocalDate.of(2026, 12, 22));
    assertThat(given.desk.confirm(ANALYST, tomcat.id()))
        .isEqualTo(new NoticeChange.Refused("decided"));
    assertThat(given.actions()).contains("notice.match.confirm", "notice.task.create");
  }

  @Test
  void rejectingTheOnlyMatchDropsTheTaskAndItStaysRejected() {
    NoticeKey notice = given.notice(1, FORTI, "FortiOS 7.4.4 öncesi");

    given.desk.reject(ANALYST, given.desk.matches(notice).getFirst().id());
    given.inventory(INVENTORY.replace("web01", "web02"));
    given.watch.compare();

    assertThat(only(notice).state()).isEqualTo(NoticeTask.State.DROPPED);
    assertThat(given.row(notice).tally().matches()).isZero();
    assertThat(given.actions()).contains("notice.match.reject", "notice.task.drop");
  }

  @Test
  void aTaskIsClosedOnlyWithTheMeasure() {
    NoticeKey notice = given.notice(1, FORTI, "FortiOS 7.4.4 öncesi");
    String number = only(notice).number();

    assertThat(given.desk.closeTask(ANALYST, number, "  "))
        .isEqualTo(new NoticeChange.Refused("no-text"));
    assertThat(given.desk.close(ANALYST, notice, ""))
        .isEqualTo(new NoticeChange.Refused("no-text"));
    assertThat(only(notice).state()).isEqualTo(NoticeTask.State.OPEN);

    assertThat(given.desk.closeTask(ANALYST, number, "7.4.5 sürümüne yükseltildi"))
        .isInstanceOf(NoticeChange.Done.class);

    assertThat(only(notice).state()).isEqualTo(NoticeTask.State.CLOSED);
    assertThat(only(notice).measure()).isNotNull();
    assertThat(given.desk.closeTask(ANALYST, number, "again"))
        .isEqualTo(new NoticeChange.Refused("task-closed"));
    assertThat(given.actions()).containsSubsequence("measure.record", "notice.task.close");
    assertThat(given.audit.verify()).isInstanceOf(ChainCheck.Intact.class);
  }

  @Test
  void theLastTaskClosesANoticeUnlessSomethingWaitsForAPerson() {
    NoticeKey sure = given.notice(1, FORTI, "FortiOS 7.4.4 öncesi");
    given.desk.closeTask(ANALYST, only(sure).number(), "yapıldı");

    assertThat(given.row(sure).tally().closed()).isTrue();
    assertThat(given.desk.matches(sure))
        .extracting(NoticeMatch::state, NoticeMatch::decidedBy)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(NoticeMatch.State.CONFIRMED, "nalkan"));
    assertThat(ids(NoticeFilter.Wanted.OPEN)).isEmpty();
    assertThat(ids(NoticeFilter.Wanted.CLOSED)).containsExactly("incident-1");
    given.desk.reopen(ANALYST, sure);
    assertThat(ids(NoticeFilter.Wanted.MATCHED)).containsExactly("incident-1");
  }

  private List<String> ids(NoticeFilter.Wanted wanted) {
    return given.desk.list(new NoticeFilter(wanted, "", ""), ANALYST, null, 100).stream()
        .map(row -> row.key().id())
        .toList();
  }

  @Test
  void aNewAssetOpensAClosedNoticeAgainWithATaskOfItsOwn() {
    NoticeKey notice = given.notice(1, FORTI, "FortiOS 7.4.4 öncesi");
    given.desk.close(ANALYST, notice, "hepsi yükseltildi");

    given.inventory(INVENTORY + "10.0.0.9,fgt-yeni,network,,byilmaz,high,Fortinet,FortiOS,7.2.1\n");
    given.watch.compare();

    assertThat(given.desk.tasks(notice))
        .extracting(NoticeTask::state)
        .containsExactly(NoticeTask.State.CLOSED, NoticeTask.State.OPEN);
    assertThat(given.row(notice).tally().closed()).isFalse();
  }

  @Test
  void anUpgradeInTheInventoryTakesProposalsBackAndKeepsTasks() {
    NoticeKey sure = given.notice(1, FORTI, "FortiOS 7.4.4 öncesi");
    NoticeKey waiting = given.notice(2, "Apache Tomcat", "Apache Tomcat 9.0.80 öncesi");

    given.inventory(
        INVENTORY.replace("7.4.3", "7.4.9").replace("Apache Tomcat,", "Apache Tomcat,9.0.99"));
    given.watch.compare();

    assertThat(given.desk.matches(waiting)).isEmpty();
    assertThat(given.desk.matches(sure)).extracting(NoticeMatch::current).containsExactly(false);
    assertThat(only(sure).state()).isEqualTo(NoticeTask.State.OPEN);
  }

  @Test
  void aWithdrawnNoticeKeepsItsTaskAndMakesNoneAnew() {
    NoticeKey notice = given.notice(1, FORTI, "FortiOS 7.4.4 öncesi");
    given.rows.put(1, FORTI, "FortiOS 7.6.9 öncesi", false, given.instant().plusSeconds(60));
    given.rows.put(2, FORTI, "FortiOS 7.6.9 öncesi", false, given.instant());
    given.watch.compare();

    assertThat(only(notice).state()).isEqualTo(NoticeTask.State.OPEN);
    assertThat(given.desk.tasks(new NoticeKey("incident", 2))).isEmpty();
  }

  @Test
  void oldNoticesAreProposedOnly() {
    given.rows.put(1, FORTI, "FortiOS 7.4.4 öncesi", true, given.instant());
    given.pass(Duration.ofDays(120));
    given.watch.compare();

    NoticeKey notice = new NoticeKey("incident", 1);
    assertThat(given.desk.matches(notice)).hasSize(1);
    assertThat(given.desk.tasks(notice)).isEmpty();
  }

  @Test
  void aPersonMakesAndChangesATaskDirectly() {
    NoticeKey notice = given.notice(1, "Genel duyuru", "Ürün adı yok");

    assertThat(given.desk.createTask(ANALYST, notice, "byilmaz", LocalDate.of(2026, 11, 21)))
        .isEqualTo(new NoticeChange.Refused("past-due"));
    var done = (NoticeChange.Done) given.desk.createTask(ANALYST, notice, "byilmaz", null);
    assertThat(given.desk.createTask(ANALYST, notice, "byilmaz", null))
        .isEqualTo(new NoticeChange.Refused("task-exists"));
    given.desk.changeTask(ANALYST, done.task(), "eozturk", LocalDate.of(2026, 11, 30));

    assertThat(only(notice).owner()).isEqualTo("eozturk");
    assertThat(only(notice).due()).isEqualTo(LocalDate.of(2026, 11, 30));
    assertThat(given.desk.openTasks()).isEqualTo(1);
    given.pass(Duration.ofDays(9));
    assertThat(given.desk.overdueTasks()).isEqualTo(1);
    assertThat(given.actions()).contains("notice.task.create", "notice.task.change");
  }

  @Test
  void findsByCveWordAndState() {
    given.notice(1, FORTI, "FortiOS 7.4.4 öncesi; ayrıca cve–2025–4444 ve CVE-2026-10001.");
    given.notice(2, "Başka bir BİLDİRİM", "İçerik ığüşöç");

    assertThat(found("CVE-2025-4444")).containsExactly("incident-1");
    assertThat(found("icerik IGUSOC")).containsExactly("incident-2");
    assertThat(found("tr-26-2")).containsExactly("incident-2");
    assertThat(found("100%")).isEmpty();
  }

  private List<String> found(String text) {
    return given
        .desk
        .list(NoticeFilter.of(NoticeFilter.Wanted.OPEN, text), ANALYST, null, 100)
        .stream()
        .map(row -> row.key().id())
        .toList();
  }

  @Test
  void isUnreadForEachPersonUntilSeenAndAgainWhenEdited() {
    NoticeKey notice = given.notice(1, FORTI, "ilk");
    assertThat(given.row(notice).tally().unread()).isTrue();

    given.desk.seen(ANALYST, notice);
    assertThat(given.row(notice).tally().unread()).isFalse();
    given.pass(Duration.ofMinutes(1));
    given.rows.put(1, FORTI, "ikinci", true, given.instant());

    assertThat(given.row(notice).tally().unread()).isTrue();
  }
}
