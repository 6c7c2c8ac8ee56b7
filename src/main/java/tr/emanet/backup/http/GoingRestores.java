package tr.emanet.backup.http;

import java.util.List;
import tr.emanet.backup.recover.RestoreDesk;
import tr.emanet.backup.recover.RestoreOrder;
import tr.emanet.backup.recover.RestoreState;
import tr.emanet.event.Role;
import tr.emanet.web.Shell;

/** The restores under way, as the page of jobs shows them on top. One request. */
record GoingRestores(RestoreDesk desk, Shell shell) {

  List<RestoreViews.Going> all() {
    return desk.underWay().stream().map(this::one).toList();
  }

  private RestoreViews.Going one(RestoreOrder order) {
    boolean acts =
        shell
            .person()
            .map(p -> p.person().has(Role.BACKUP_OPERATOR) || p.person().has(Role.ADMINISTRATOR))
            .orElse(false);
    RestoreState state = order.state();
    String says =
        shell.t("restore.state." + state.id())
            + " "
            + shell.formats().percent(order.percent() / 100.0);
    return new RestoreViews.Going(
        RestoreScreen.HOME + "/" + order.id(),
        shell.t("restore.title", RestoreScreen.number(order), order.plan().job()),
        order.plan().original() ? shell.t("restore.target.original") : order.plan().target(),
        desk.waiting(order).map(wait -> LockWords.of(wait, shell)).orElse(says),
        order.percent(),
        acts && state == RestoreState.RUNNING,
        acts && state == RestoreState.PAUSED,
        acts,
        state != RestoreState.PAUSED);
  }
}
