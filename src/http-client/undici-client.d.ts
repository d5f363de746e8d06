/** The client alone: undici's own entry loads all of it, fetch and WebSocket too, which doubles what a start costs. */
declare module 'undici/lib/dispatcher/client.js' {
  import { Client } from 'undici';
  export default Client;
}
