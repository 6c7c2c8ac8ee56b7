package tr.emanet.web.security;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Everybody may call the resource method, signed in or not. Say why in a comment beside it. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Public {
  /**
   * Whether the method itself judges HTTP Basic credentials: the filter then lets a reading request
   * that carries them through unnamed. Everywhere else such a request is refused.
   */
  boolean basic() default false;
}
