import * as live from "./live.js";
import * as route from "./route.js";
import * as traffic from "./traffic.js";
import * as api from "./api.js";
import { ask, changed, on, replaceServers, state } from "./store.js";
import { mount as mountBanner } from "./parts/banner.js";
import { mount as mountConfirm } from "./parts/confirm.js";
import { mount as mountConnections } from "./parts/connections.js";
import { mount as mountEventDetail } from "./parts/eventDetail.js";
import { mount as mountFoot } from "./parts/foot.js";
import { mount as mountKeys } from "./parts/keys.js";
import { mount as mountPanes } from "./parts/panes.js";
import { mount as mountProbe } from "./parts/probe.js";
import { mount as mountServerForm } from "./parts/serverForm.js";
import { mount as mountServerHead } from "./parts/serverHead.js";
import { mount as mountServerList } from "./parts/serverList.js";
import { mount as mountSettings } from "./parts/settings.js";
import { mount as mountTopBar } from "./parts/topBar.js";
import { mount as mountTrafficLog } from "./parts/trafficLog.js";

const part = (id) => document.getElementById(id);

state.route = route.read();
const served = JSON.parse(part("servers").textContent);
replaceServers(served.servers ?? served);

mountTopBar(part("top-bar"));
mountBanner(part("banner"));
mountServerList(part("server-list"), part("server-count"));
mountServerHead(part("server-head"));
mountPanes(part("panes"));
mountTrafficLog(part("traffic-log"));
mountEventDetail(part("event-detail"));
mountConnections(part("connections"));
mountSettings(part("settings"));
mountServerForm(part("serverForm"));
mountProbe(part("probe"));
mountConfirm(part("confirm"));
mountKeys(part("keys"));
mountFoot(part("foot"));

document.addEventListener("click", (click) => {
  const opener = click.target.closest("[data-open]");
  if (opener) {
    ask(opener.dataset.open);
  }
});

function placed() {
  document.body.dataset.view = state.route.view;
  state.opened = null;
  changed("opened");
  traffic.show(route.filterOf(state.route));
}

addEventListener("hashchange", route.take);
on(["route"], placed);
changed("route", "servers", "rates", "link");

live.open({ onEvents: traffic.take, onHello: greeted, onError: traffic.refuse });

async function greeted(hello) {
  traffic.greet(hello);
  state.program = await api.info().catch(() => null);
  changed("program");
}
