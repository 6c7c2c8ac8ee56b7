package tr.emanet.web;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Role;

/**
 * Everything the layout needs for one answer. Immutable; made by {@link Shells}.
 *
 * @param active id of the rail item that is lit, empty for none
 * @param location path and query of this page, for the links that come back to it
 * @param rail entries this person may open
 * @param person absent on the log-in page and on errors before log-in
 */
public record Shell(
    Texts texts,
    Theme theme,
    String active,
    String location,
    List<RailItem> rail,
    ShellFacts facts,
    StaticFiles files,
    Optional<RequestPerson> person) {

  public Shell {
    rail = rail.stream().filter(item -> item.opensFor(person)).toList();
  }

  /** A text of this reader's language. */
  public String t(String key, @Nullable Object... arguments) {
    return texts.get(key, arguments);
  }

  public Formats formats() {
    return texts.formats();
  }

  public Language language() {
    return texts.language();
  }

  public Instant now() {
    return facts.now();
  }

  /** URL of a static file, such as {@code css/emanet.css}. */
  public String file(String path) {
    return files.url(path);
  }

  /** URL of a shape in the sprite. */
  public String icon(String name) {
    return files.url("icons.svg") + "#" + name;
  }

  /** Link that changes the language and comes back here. */
  public String languageLink(Language language) {
    return Urls.path("/preferences/language/" + language.tag()).with("back", location).toString();
  }

  /** Link that changes the theme and comes back here. */
  public String themeLink(Theme chosen) {
    return Urls.path("/preferences/theme/" + chosen.tag()).with("back", location).toString();
  }

  /** Two letters for the account button. */
  public String initials() {
    String name = person.map(p -> p.person().displayName()).orElse("?").strip();
    String[] words = name.split("\\s+", 3);
    String letters =
        words.length > 1
            ? words[0].substring(0, 1) + words[1].substring(0, 1)
            : name.substring(0, Math.min(2, name.length()));
    return letters.toUpperCase(language().locale());
  }

  /** Whether this is the very page of an entry, and not one below it. */
  public boolean at(RailItem item) {
    return (location + "?").startsWith(item.href() + "?");
  }

  /** Whether the person may read events at all. */
  public boolean readsEvents() {
    return person.map(p -> p.person().readsEvents()).orElse(false);
  }

  /** The person's roles in words. */
  public String roles() {
    return person
        .map(
            p ->
                java.util.Arrays.stream(Role.values())
                    .filter(p.person()::has)
                    .map(role -> t("web.role." + role.id()))
                    .collect(Collectors.joining(", ")))
        .orElse("");
  }
}
