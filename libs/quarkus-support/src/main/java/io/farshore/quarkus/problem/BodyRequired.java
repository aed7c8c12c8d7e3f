package io.farshore.quarkus.problem;

import io.farshore.kernel.FarshoreException;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;

/** A resource that asks for a body gets one: an empty body and JSON's {@code null} are refused. */
@Provider
public class BodyRequired implements ReaderInterceptor {
  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    Object body = context.proceed();
    if (body == null) {
      throw new FarshoreException(ProblemErrors.BODY_INVALID, "The request needs a JSON body");
    }
    return body;
  }
}
