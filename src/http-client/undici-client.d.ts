/** The client alone: undici's own entry loads fetch, WebSocket and all else too, which takes nearly three times as long. */
declare module 'undici/lib/dispatcher/client.js' {
  import { Client } from 'undici';
  export default Client;
}
