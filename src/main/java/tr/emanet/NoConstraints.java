package tr.emanet;

import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/**
 * What the framework asks for bean validation: every object is valid. Requests are checked where
 * they are read, in words and with places; the real validator would add a fifth of a second to
 * every start for nothing. A test keeps constraint annotations out of the code. Safe for many
 * threads.
 */
final class NoConstraints implements InvocationHandler {

  private NoConstraints() {}

  /** A factory whose validators find nothing. */
  static ValidatorFactory factory() {
    return proxy(ValidatorFactory.class);
  }

  private static <T> T proxy(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            Validator.class.getClassLoader(), new Class<?>[] {type}, new NoConstraints()));
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // a proxy is equal only to itself
  public Object invoke(Object self, Method method, Object[] arguments) {
    Class<?> answer = method.getReturnType();
    if (method.getDeclaringClass() == Object.class) {
      return switch (method.getName()) {
        case "equals" -> self == arguments[0];
        case "hashCode" -> System.identityHashCode(self);
        default -> "no constraints";
      };
    }
    if (answer == Set.class) {
      return Set.of();
    }
    if (answer == boolean.class) {
      return false;
    }
    if (answer.isInterface() && answer.getName().startsWith("jakarta.validation.")) {
      return proxy(answer);
    }
    throw new UnsupportedOperationException(method.toString());
  }
}
