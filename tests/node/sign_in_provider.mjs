// A sign-in service that is not ours, run by tests. Everybody who types an address is its owner; "unconfirmed…" it does not vouch for.
// Arguments: the folder with the packages, a port, where to send back to, and a secret (empty: none is needed).
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [folder, port, back, secret] = process.argv.slice(2);
const { default: Provider } = await import(pathToFileURL(createRequire(`${folder}/`).resolve("oidc-provider")));

const client = {
  client_id: "kursdag",
  redirect_uris: [back],
  ...(secret ? { client_secret: secret, token_endpoint_auth_method: "client_secret_post" } : { token_endpoint_auth_method: "none" }),
};
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [client],
  claims: { openid: ["sub"], email: ["email", "email_verified"] },
  findAccount: (_, address) => ({
    accountId: address,
    claims: () => ({ sub: address, email: address, email_verified: !address.startsWith("unconfirmed") }),
  }),
  cookies: { keys: ["only for tests"] },
});
provider.listen(Number(port), "127.0.0.1", () => process.stdout.write("ready\n"));
