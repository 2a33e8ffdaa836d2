(function(d,n,w){var s=d.currentScript.dataset.htmx,c=n.connection||{},f=d.getElementById("fix");f&&f.focus()
c.saveData||/2g/.test(c.effectiveType)||w.addEventListener("load",function(){(w.requestIdleCallback||setTimeout)(function(){var e=d.createElement("script");e.src=s;d.head.append(e)})})})(document,navigator,window)
