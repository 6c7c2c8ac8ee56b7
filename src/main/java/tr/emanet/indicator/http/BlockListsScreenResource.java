package tr.emanet.indicator.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tr.emanet.event.Role;
import tr.emanet.indicator.list.BlockLists;
import tr.emanet.indicator.list.ListDoor;
import tr.emanet.indicator.list.ListFormat;
import tr.emanet.indicator.list.Published;
import tr.emanet.indicator.list.Pull;
import tr.emanet.web.Pages;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shell;
import tr.emanet.web.Shells;
import tr.emanet.web.Texts;
import tr.emanet.web.Visible;
import tr.emanet.web.security.Allow;

/** The page of block lists: what is offered, what was left out, who pulled what. */
@Path("/indicators/lists")
@Produces(MediaType.TEXT_HTML + ";charset=utf-8")
public final class BlockListsScreenResource {

  private static final int PULLS = 100;

  private final BlockLists lists;
  private final ListDoor door;
  private final Pages pages;
  private final Shells shells;

  public BlockListsScreenResource(BlockLists lists, ListDoor door, Pages pages, Shells shells) {
    this.lists = lists;
    this.door = door;
    this.pages = pages;
    this.shells = shells;
  }

  /** The page. */
  @GET
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response page(
      @Context UriInfo uri, @Context HttpHeaders headers, @Context SecurityContext security) {
    return show(shells.of(uri, headers, security, IndicatorScreenResource.RAIL), "");
  }

  /** Makes a new secret address and shows it, this once. */
  @POST
  @Path("{name: [a-z0-9-]{1,32}}/secret")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow(Role.ADMINISTRATOR)
  public Response renew(
      @PathParam("name") String name,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Published list = find(name);
    String secret = door.renewSecret(RequestPerson.of(security), name);
    String file = name + "." + list.formats().getFirst().suffix();
    return show(
        shells.of(uri, headers, security, IndicatorScreenResource.RAIL),
        "/api/v1/lists/" + secret + "/" + file);
  }

  /** Ends the secret address. */
  @POST
  @Path("{name: [a-z0-9-]{1,32}}/secret/end")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow(Role.ADMINISTRATOR)
  public Response end(
      @PathParam("name") String name,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    String known = find(name).list().name();
    if (!door.dropSecret(RequestPerson.of(security), known)) {
      throw new NotFoundException();
    }
    return show(shells.of(uri, headers, security, IndicatorScreenResource.RAIL), "");
  }

  private Published find(String name) {
    return lists.all().stream()
        .filter(l -> l.list().name().equals(name))
        .findFirst()
        .orElseThrow(NotFoundException::new);
  }

  private Response show(Shell shell, String secret) {
    Texts texts = shell.texts();
    return pages.page(
        200,
        shell,
        "indicator/blocklists.jte",
        Map.of(
            "lists", lists.all().stream().map(list -> tile(list, texts)).toList(),
            "pulls", lists.pulls(PULLS).stream().map(pull -> pulled(pull, texts)).toList(),
            "secret", secret,
            "acts", shell.person().map(p -> p.person().has(Role.ADMINISTRATOR)).orElse(false)));
  }

  private static BlockListViews.Tile tile(Published list, Texts texts) {
    boolean odd = list.cut() > 0 || list.poisoned() > 0;
    String says =
        list.version() == 0
            ? texts.get("blocklist.says.making")
            : list.poisoned() > 0
                ? texts.get("blocklist.says.poisoned", list.poisoned())
                : list.cut() > 0
                    ? texts.get("blocklist.says.cut", list.cut())
                    : texts.get("blocklist.says.ok");
    List<BlockListViews.Line> lines = new ArrayList<>();
    line(lines, texts, "entries", texts.formats().number(list.entries()));
    line(lines, texts, "max", texts.formats().number(list.list().maxEntries()));
    line(lines, texts, "cut", texts.formats().number(list.cut()));
    line(lines, texts, "weak", texts.formats().number(list.weak()));
    line(lines, texts, "poisoned", texts.formats().number(list.poisoned()));
    line(lines, texts, "version", "r." + list.version());
    if (list.version() > 0) {
      line(lines, texts, "changed", texts.formats().dateTime(list.changedAt()));
    }
    List<BlockListViews.Form> forms = new ArrayList<>();
    for (ListFormat format : list.formats()) {
      String file = list.list().name() + "." + format.suffix();
      forms.add(
          new BlockListViews.Form(
              file, "/api/v1/lists/" + file, texts.get("blocklist.form." + format.suffix())));
    }
    return new BlockListViews.Tile(
        list.list().name(),
        texts.get("blocklist.kind." + list.list().kind().id()),
        odd ? "medium" : "ok",
        says,
        lines,
        forms,
        list.secret());
  }

  private static void line(List<BlockListViews.Line> into, Texts texts, String name, String value) {
    into.add(new BlockListViews.Line(texts.get("blocklist.line." + name), value));
  }

  private static BlockListViews.Pulled pulled(Pull pull, Texts texts) {
    return new BlockListViews.Pulled(
        pull.list() + "." + pull.format(),
        Visible.pieces(
            pull.who().equals(ListDoor.BY_PATH) ? texts.get("blocklist.by-path") : pull.who()),
        Visible.pieces(pull.agent()),
        pull.address(),
        texts.get("blocklist.answer." + pull.status(), pull.entries()),
        "r." + pull.version(),
        texts.formats().number(pull.count()),
        texts.formats().dateTime(pull.lastAt()),
        pull.lastAt().toString());
  }
}
