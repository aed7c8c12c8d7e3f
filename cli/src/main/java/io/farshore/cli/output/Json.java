package io.farshore.cli.output;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.farshore.client.FarshoreJson;
import java.io.PrintWriter;

/** One JSON value, indented. */
public final class Json {
  private Json() {}

  public static void print(PrintWriter out, Object value) {
    ObjectMapper json = FarshoreJson.lenient().enable(SerializationFeature.INDENT_OUTPUT);
    out.println(FarshoreJson.write(json, value));
  }
}
