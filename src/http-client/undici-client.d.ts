/** Only the client. undici's main entry also loads fetch, WebSocket and more, which takes nearly three times as long. */
declare module 'undici/lib/dispatcher/client.js' {
  import { Client } from 'undici';
  export default Client;
}
