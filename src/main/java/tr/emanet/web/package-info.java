/**
 * The shell around every page: layout, language bundles, number and date forms, theme, security
 * headers, static files and errors. Features hand a template name and a typed model to {@link
 * tr.emanet.web.Pages}; the root hands the facts of the top bar in as {@link
 * tr.emanet.web.ShellFacts}. Templates live in {@code src/main/jte} and are compiled into {@code
 * tr.emanet.web.pages}; jte escapes by HTML context, so hostile log text stays text.
 *
 * <p>The content security policy forbids inline script and style: lengths that depend on data are
 * SVG presentation attributes, and scripts are small ES modules under {@code assets/js}.
 */
@NullMarked
package tr.emanet.web;

import org.jspecify.annotations.NullMarked;
