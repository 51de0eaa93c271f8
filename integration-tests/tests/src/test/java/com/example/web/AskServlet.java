package com.example.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Runs the application in {@code WEB-INF/lib} for each request. */
@WebServlet("/ask")
public final class AskServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  /** The parameters are the application's main class and its arguments. */
  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    try {
      Class.forName(request.getParameter("main"))
          .getMethod("main", String[].class)
          .invoke(null, (Object) request.getParameterValues("argument"));
    } catch (ReflectiveOperationException e) {
      throw new ServletException(e);
    }
    response.getWriter().print("served");
  }
}
