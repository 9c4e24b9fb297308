import { expect, test } from "vitest";
import { problemsOf } from "./details";

const LENA = { name: "Lena O'Brien-Sørensen", email: "lena@acme.example", notes: "" };

test("a filled form has no problems (I1)", () => {
  expect(problemsOf(LENA)).toEqual({});
});

test.each(["lena", "lena@", "lena@acme", "lena @acme.example", "@acme.example"])("%s is no address (I2)", (email) => {
  expect(problemsOf({ ...LENA, email })).toEqual({ email: "field_email_bad" });
});

test("what is missing is named", () => {
  expect(problemsOf({ name: " ", email: "", notes: "" })).toEqual({ name: "field_required", email: "field_required" });
});
