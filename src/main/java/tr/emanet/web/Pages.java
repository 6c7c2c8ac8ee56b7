package tr.emanet.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;

/** Renders templates to HTML. Safe for many threads. */
public final class Pages {

  static final String HTML = MediaType.TEXT_HTML + ";charset=utf-8";

  private final TemplateEngine engine =
      TemplateEngine.createPrecompiled(null, ContentType.Html, null, "tr.emanet.web.pages");

  /** Renders one template, such as {@code search/page.jte}, with its named parameters. */
  public String render(String template, Map<String, Object> parameters) {
    StringOutput out = new StringOutput(16 * 1024);
    engine.render(template, parameters, out);
    return out.toString();
  }

  /** Renders a page whose template takes {@code shell} beside other parameters. */
  public Response page(Shell shell, String template, Map<String, Object> parameters) {
    return page(200, shell, template, parameters);
  }

  /** The same with another status. */
  public Response page(int status, Shell shell, String template, Map<String, Object> parameters) {
    Map<String, Object> all = new HashMap<>(parameters);
    all.put("shell", shell);
    return Response.status(status)
        .type(HTML)
        .header("Vary", "Cookie, Accept-Language")
        .entity(render(template, all))
        .build();
  }
}
